#include "include/blz_still.h"

#include <limits.h>
#include <string.h>

#include "ffmpeg.h"

#if BLZ_HAS_FFMPEG

// A copy of the bytes with the zeros behind them that decoders may read.
static AVPacket *packet_of(const struct blz_av *av, const uint8_t *bytes, size_t count) {
  AVPacket *packet = av->av_packet_alloc();
  if (!packet || count > INT_MAX - AV_INPUT_BUFFER_PADDING_SIZE
      || av->av_new_packet(packet, (int)count) < 0) {
    av->av_packet_free(&packet);
    return NULL;
  }
  memcpy(packet->data, bytes, count);
  return packet;
}

static AVCodecContext *open_decoder(const struct blz_av *av, blz_still_format format) {
  const AVCodec *codec = av->avcodec_find_decoder(
      format == BLZ_STILL_BMP ? AV_CODEC_ID_BMP : AV_CODEC_ID_WEBP);
  AVCodecContext *decoder = codec ? av->avcodec_alloc_context3(codec) : NULL;
  if (!decoder) {
    blz_av_say("the FFmpeg libraries have no decoder for it");
    return NULL;
  }
  decoder->thread_count = 1;
  decoder->max_pixels = BLZ_AV_MOST_PIXELS;
  decoder->err_recognition = AV_EF_EXPLODE;
  const int code = av->avcodec_open2(decoder, codec, NULL);
  if (code < 0) {
    blz_av_explain(code);
    av->avcodec_free_context(&decoder);
  }
  return decoder;
}

blz_picture *blz_still_decode(blz_still_format format, const uint8_t *bytes, size_t count) {
  blz_av_forget();
  const struct blz_av *av = blz_av();
  if (!av) return NULL;
  AVPacket *packet = packet_of(av, bytes, count);
  AVCodecContext *decoder = packet ? open_decoder(av, format) : NULL;
  AVFrame *frame = decoder ? av->av_frame_alloc() : NULL;
  if (frame) {
    int code = av->avcodec_send_packet(decoder, packet);
    if (code >= 0) code = av->avcodec_receive_frame(decoder, frame);
    if (code < 0) {
      blz_av_explain(code);
      av->av_frame_free(&frame);
    }
  }
  if (decoder) av->avcodec_free_context(&decoder);
  if (packet) av->av_packet_free(&packet);
  return (blz_picture *)frame;
}

#else

blz_picture *blz_still_decode(blz_still_format format, const uint8_t *bytes, size_t count) {
  (void)format, (void)bytes, (void)count;
  blz_av_say("this program was built without FFmpeg's headers");
  return NULL;
}

#endif
