#include "include/blz_movie.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ffmpeg.h"

#if BLZ_HAS_FFMPEG

#define BUFFER_SIZE (128 << 10)

struct blz_movie {
  const struct blz_av *av;
  blz_movie_format format;
  int descriptor;
  int reason;  // errno of the first failed write
  AVIOContext *io;
  AVFormatContext *muxer;
  AVStream *stream;
  AVCodecContext *encoder;
  struct SwsContext *scaler;
  AVFrame *source, *frame;  // the samples with even extents; the same as YUV
  AVPacket *packet;
  int64_t count;
};

#if LIBAVFORMAT_VERSION_MAJOR >= 61
typedef const uint8_t *outgoing;
#else
typedef uint8_t *outgoing;
#endif

static int write_file(void *opaque, outgoing bytes, int count) {
  blz_movie *movie = opaque;
  int done = 0;
  while (done < count) {
    const ssize_t got = write(movie->descriptor, bytes + done, count - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      if (!movie->reason) movie->reason = got ? errno : EIO;
      return AVERROR(movie->reason);
    }
    done += (int)got;
  }
  return count;
}

static int64_t seek_file(void *opaque, int64_t offset, int whence) {
  blz_movie *movie = opaque;
  if (whence & AVSEEK_SIZE) return AVERROR(ENOSYS);
  const off_t position = lseek(movie->descriptor, offset, whence & ~AVSEEK_FORCE);
  return position < 0 ? AVERROR(errno) : position;
}

// Players and encoders want even extents: the last row and column are repeated where needed.
static int even(int extent) { return extent + (extent & 1); }

static AVFrame *make_frame(const blz_movie *movie, enum AVPixelFormat format) {
  AVFrame *frame = movie->av->av_frame_alloc();
  if (!frame) return NULL;
  frame->format = format;
  frame->width = even(movie->format.columns);
  frame->height = even(movie->format.rows);
  if (movie->av->av_frame_get_buffer(frame, 0) < 0) movie->av->av_frame_free(&frame);
  return frame;
}

static enum AVColorSpace matrix_of(const blz_movie *movie) {
  return movie->format.rows >= 720 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
}

static int make_frames(blz_movie *movie) {
  const struct blz_av *av = movie->av;
  movie->source = make_frame(
      movie, movie->format.channels == 1 ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_RGB24);
  movie->frame = make_frame(movie, AV_PIX_FMT_YUV420P);
  if (!movie->source || !movie->frame) return AVERROR(ENOMEM);
  const AVFrame *in = movie->source, *out = movie->frame;
  movie->scaler = av->sws_getContext(
      in->width, in->height, in->format, out->width, out->height, out->format,
      SWS_BICUBIC | SWS_ACCURATE_RND, NULL, NULL, NULL);
  if (!movie->scaler) return AVERROR(EINVAL);
  const int *matrix = av->sws_getCoefficients(matrix_of(movie));
  av->sws_setColorspaceDetails(movie->scaler, matrix, 1, matrix, 0, 0, 1 << 16, 1 << 16);
  return 0;
}

static int make_encoder(blz_movie *movie) {
  const struct blz_av *av = movie->av;
  const AVCodec *codec = av->avcodec_find_encoder_by_name("libx264");
  if (!codec) codec = av->avcodec_find_encoder_by_name("mpeg4");
  if (!codec) return AVERROR_ENCODER_NOT_FOUND;
  AVCodecContext *encoder = movie->encoder = av->avcodec_alloc_context3(codec);
  if (!encoder) return AVERROR(ENOMEM);
  encoder->width = movie->frame->width;
  encoder->height = movie->frame->height;
  encoder->pix_fmt = AV_PIX_FMT_YUV420P;
  encoder->color_range = AVCOL_RANGE_MPEG;
  encoder->colorspace = matrix_of(movie);
  encoder->framerate = (AVRational){movie->format.rate_numerator, movie->format.rate_denominator};
  encoder->time_base = (AVRational){encoder->framerate.den, encoder->framerate.num};
  encoder->thread_count = 0;
  encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  if (codec->id == AV_CODEC_ID_H264) {
    av->av_opt_set(encoder->priv_data, "crf", "16", 0);
    av->av_opt_set(encoder->priv_data, "preset", "fast", 0);
  } else {
    encoder->flags |= AV_CODEC_FLAG_QSCALE;
    encoder->global_quality = 2 * FF_QP2LAMBDA;
  }
  return av->avcodec_open2(encoder, codec, NULL);
}

static int make_muxer(blz_movie *movie) {
  const struct blz_av *av = movie->av;
  uint8_t *buffer = av->av_malloc(BUFFER_SIZE);
  if (!buffer) return AVERROR(ENOMEM);
  movie->io = av->avio_alloc_context(buffer, BUFFER_SIZE, 1, movie, NULL, write_file, seek_file);
  if (!movie->io) {
    av->av_free(buffer);
    return AVERROR(ENOMEM);
  }
  const int is_file = lseek(movie->descriptor, 0, SEEK_CUR) >= 0;
  movie->io->seekable = is_file ? AVIO_SEEKABLE_NORMAL : 0;
  int code = av->avformat_alloc_output_context2(&movie->muxer, NULL, "mp4", NULL);
  if (code < 0) return code;
  movie->muxer->pb = movie->io;
  movie->muxer->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
  movie->stream = av->avformat_new_stream(movie->muxer, NULL);
  if (!movie->stream) return AVERROR(ENOMEM);
  code = av->avcodec_parameters_from_context(movie->stream->codecpar, movie->encoder);
  if (code < 0) return code;
  movie->stream->time_base = movie->encoder->time_base;
  movie->stream->avg_frame_rate = movie->encoder->framerate;
  AVDictionary *options = NULL;
  // A pipe cannot go back to write the index: it gets one for every group of pictures.
  if (!is_file) av->av_dict_set(&options, "movflags", "frag_keyframe+empty_moov", 0);
  code = av->avformat_write_header(movie->muxer, &options);
  av->av_dict_free(&options);
  return code;
}

// Notes why it failed: the system's word where writing failed, else the library's.
static int explain(const blz_movie *movie, int code) {
  if (code >= 0) return 1;
  if (movie->reason) blz_av_say("%s", strerror(movie->reason));
  else blz_av_explain(code);
  return 0;
}

blz_movie *blz_movie_open(int descriptor, const blz_movie_format *format) {
  blz_av_forget();
  const struct blz_av *av = blz_av();
  blz_movie *movie = av ? calloc(1, sizeof *movie) : NULL;
  if (!movie) return NULL;
  movie->av = av;
  movie->format = *format;
  movie->descriptor = descriptor;
  movie->packet = av->av_packet_alloc();
  int code = movie->packet ? make_frames(movie) : AVERROR(ENOMEM);
  if (code >= 0) code = make_encoder(movie);
  if (code >= 0) code = make_muxer(movie);
  if (explain(movie, code)) return movie;
  blz_movie_close(movie);
  return NULL;
}

static void fill_source(blz_movie *movie, const uint8_t *samples) {
  const int size = movie->format.channels;
  const size_t row = (size_t)movie->format.columns * size;
  for (int y = 0; y < movie->source->height; y++) {
    const int from = y < movie->format.rows ? y : movie->format.rows - 1;
    uint8_t *to = movie->source->data[0] + (ptrdiff_t)y * movie->source->linesize[0];
    memcpy(to, samples + from * row, row);
    if (movie->format.columns & 1) memcpy(to + row, to + row - size, size);
  }
}

// Encodes a frame, or with NULL what is held back, and writes the packets that come of it.
static int encode(blz_movie *movie, const AVFrame *frame) {
  const struct blz_av *av = movie->av;
  int code = av->avcodec_send_frame(movie->encoder, frame);
  while (code >= 0) {
    code = av->avcodec_receive_packet(movie->encoder, movie->packet);
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return 0;
    if (code < 0) return code;
    if (!movie->packet->duration) movie->packet->duration = 1;
    av->av_packet_rescale_ts(
        movie->packet, movie->encoder->time_base, movie->stream->time_base);
    movie->packet->stream_index = 0;
    code = av->av_interleaved_write_frame(movie->muxer, movie->packet);
    if (code >= 0) code = movie->io->error;
  }
  return code;
}

int blz_movie_write(blz_movie *movie, const uint8_t *samples) {
  const struct blz_av *av = movie->av;
  blz_av_forget();
  int code = av->av_frame_make_writable(movie->frame);
  if (code >= 0) {
    fill_source(movie, samples);
    av->sws_scale(
        movie->scaler, (const uint8_t *const *)movie->source->data, movie->source->linesize, 0,
        movie->source->height, movie->frame->data, movie->frame->linesize);
    movie->frame->pts = movie->count++;
    if (movie->encoder->flags & AV_CODEC_FLAG_QSCALE)
      movie->frame->quality = movie->encoder->global_quality;
    code = encode(movie, movie->frame);
  }
  return explain(movie, code);
}

int blz_movie_finish(blz_movie *movie) {
  blz_av_forget();
  int code = encode(movie, NULL);
  if (code >= 0) code = movie->av->av_write_trailer(movie->muxer);
  if (code >= 0) code = movie->io->error;
  return explain(movie, code);
}

void blz_movie_close(blz_movie *movie) {
  const struct blz_av *av = movie->av;
  if (movie->muxer) av->avformat_free_context(movie->muxer);
  if (movie->io) {
    av->av_free(movie->io->buffer);
    av->avio_context_free(&movie->io);
  }
  if (movie->encoder) av->avcodec_free_context(&movie->encoder);
  av->sws_freeContext(movie->scaler);
  if (movie->source) av->av_frame_free(&movie->source);
  if (movie->frame) av->av_frame_free(&movie->frame);
  if (movie->packet) av->av_packet_free(&movie->packet);
  free(movie);
}

#else

blz_movie *blz_movie_open(int descriptor, const blz_movie_format *format) {
  (void)descriptor, (void)format;
  blz_av_say("this program was built without FFmpeg's headers");
  return NULL;
}
int blz_movie_write(blz_movie *movie, const uint8_t *samples) {
  return (void)movie, (void)samples, 0;
}
int blz_movie_finish(blz_movie *movie) { return (void)movie, 0; }
void blz_movie_close(blz_movie *movie) { (void)movie; }

#endif
