#include "include/blz_video.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ffmpeg.h"

#if BLZ_HAS_FFMPEG

// Bytes read from the file at a time, and at most while guessing the container.
#define READ_SIZE (128 << 10)
#define PROBE_SIZE (1 << 20)

struct blz_video {
  const struct blz_av *av;
  int file;
  int64_t position;
  AVIOContext *io;
  AVFormatContext *demuxer;
  AVCodecContext *decoder;
  AVStream *stream;
  AVPacket *packet;
};

static int read_file(void *opaque, uint8_t *bytes, int count) {
  blz_video *video = opaque;
  ssize_t got;
  do got = pread(video->file, bytes, count, video->position);
  while (got < 0 && errno == EINTR);
  if (got <= 0) return got ? AVERROR(errno) : AVERROR_EOF;
  video->position += got;
  return (int)got;
}

static int64_t seek_file(void *opaque, int64_t offset, int whence) {
  blz_video *video = opaque;
  struct stat status;
  if (fstat(video->file, &status)) return AVERROR(errno);
  int64_t target;
  switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE: return status.st_size;
    case SEEK_SET: target = offset; break;
    case SEEK_CUR: if (__builtin_add_overflow(video->position, offset, &target)) target = -1; break;
    case SEEK_END: if (__builtin_add_overflow(status.st_size, offset, &target)) target = -1; break;
    default: return AVERROR(EINVAL);
  }
  if (target < 0) return AVERROR(EINVAL);
  return video->position = target;
}

// Any second file a container asks for: playlists, external tracks, segments.
static int refuse_file(
    AVFormatContext *context, AVIOContext **io, const char *url, int flags, AVDictionary **options) {
  (void)context, (void)url, (void)flags, (void)options;
  *io = NULL;
  return AVERROR(EPERM);
}

// Containers that name other files, run on devices or turn any text into pictures.
static int is_refused(const char *name) {
  static const char *const refused[] = {
      "hls", "dash", "concat", "image2", "imf", "sdp", "rtsp", "rtp", "tty", "bin", "xbin", "adf",
      "idf", "webm_dash_manifest", "libgme", "libopenmpt", "libmodplug", "vapoursynth", "avisynth",
      "ffmetadata", "pjs", "txd"};
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    if (!strcmp(name, refused[i])) return 1;
  const size_t length = strlen(name);
  return length > 5 && !strcmp(name + length - 5, "_pipe");
}

static blz_video_status open_file(blz_video *video, const char *path, blz_video_claim *claim) {
  struct stat status;
  video->file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (video->file < 0 || fstat(video->file, &status)) return BLZ_VIDEO_MISSING;
  claim->bytes = status.st_size;
  return S_ISREG(status.st_mode) ? BLZ_VIDEO_OK : BLZ_VIDEO_NOT_REGULAR;
}

static int make_input(blz_video *video) {
  const struct blz_av *av = video->av;
  uint8_t *buffer = av->av_malloc(READ_SIZE);
  if (!buffer) return 0;
  video->io = av->avio_alloc_context(buffer, READ_SIZE, 0, video, read_file, NULL, seek_file);
  if (!video->io) av->av_free(buffer);
  video->packet = av->av_packet_alloc();
  return video->io && video->packet;
}

static blz_video_status open_container(blz_video *video) {
  const struct blz_av *av = video->av;
  const AVInputFormat *format = NULL;
  int code = av->av_probe_input_buffer2(video->io, &format, "", NULL, 0, PROBE_SIZE);
  if (code < 0) return blz_av_explain(code), BLZ_VIDEO_REFUSED;
  if (is_refused(format->name)) return BLZ_VIDEO_REFUSED;
  if (!(video->demuxer = av->avformat_alloc_context())) return BLZ_VIDEO_DAMAGED;
  video->demuxer->pb = video->io;
  video->demuxer->io_open = refuse_file;
  AVDictionary *options = NULL;
  // Nested readers do not inherit io_open but do inherit the list; no protocol has this name.
  av->av_dict_set(&options, "protocol_whitelist", "none", 0);
  av->av_dict_set(&options, "enable_drefs", "0", 0);
  code = av->avformat_open_input(&video->demuxer, "", format, &options);
  av->av_dict_free(&options);
  return code < 0 ? (blz_av_explain(code), BLZ_VIDEO_DAMAGED) : BLZ_VIDEO_OK;
}

// Learns what headers leave out, from the first packets, with the same limit on pixels.
static int find_stream_info(blz_video *video) {
  const struct blz_av *av = video->av;
  const unsigned count = video->demuxer->nb_streams;
  AVDictionary **options = calloc(count ? count : 1, sizeof *options);
  if (!options) return AVERROR(ENOMEM);
  for (unsigned i = 0; i < count; i++) av->av_dict_set(&options[i], "max_pixels", AV_STRINGIFY(BLZ_AV_MOST_PIXELS), 0);
  const int code = av->avformat_find_stream_info(video->demuxer, options);
  for (unsigned i = 0; i < count; i++) av->av_dict_free(&options[i]);
  free(options);
  return code;
}

static blz_video_status choose_stream(blz_video *video) {
  const struct blz_av *av = video->av;
  int code = find_stream_info(video);
  if (code >= 0)
    code = av->av_find_best_stream(video->demuxer, AVMEDIA_TYPE_VIDEO, -1, -1, NULL, 0);
  if (code < 0) return blz_av_explain(code), BLZ_VIDEO_DAMAGED;
  for (unsigned i = 0; i < video->demuxer->nb_streams; i++)
    if ((int)i != code) video->demuxer->streams[i]->discard = AVDISCARD_ALL;
  video->stream = video->demuxer->streams[code];
  return BLZ_VIDEO_OK;
}

static blz_video_status open_decoder(blz_video *video, int threads) {
  const struct blz_av *av = video->av;
  const AVCodecParameters *parameters = video->stream->codecpar;
  const AVCodec *codec = av->avcodec_find_decoder(parameters->codec_id);
  if (!codec) return blz_av_say("no decoder for %s", blz_video_codec(video)), BLZ_VIDEO_REFUSED;
  video->decoder = av->avcodec_alloc_context3(codec);
  if (!video->decoder) return BLZ_VIDEO_DAMAGED;
  int code = av->avcodec_parameters_to_context(video->decoder, parameters);
  if (code >= 0) {
    video->decoder->thread_count = threads;
    video->decoder->thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE;
    video->decoder->max_pixels = BLZ_AV_MOST_PIXELS;
    code = av->avcodec_open2(video->decoder, codec, NULL);
  }
  return code < 0 ? (blz_av_explain(code), BLZ_VIDEO_DAMAGED) : BLZ_VIDEO_OK;
}

static void state_claim(const blz_video *video, blz_video_claim *claim) {
  const AVStream *stream = video->stream;
  const AVRational rate = stream->avg_frame_rate, unit = stream->time_base;
  if (rate.num > 0 && rate.den > 0) {
    claim->rate_numerator = rate.num;
    claim->rate_denominator = rate.den;
  }
  claim->time_numerator = unit.num;
  claim->time_denominator = unit.den;
  claim->frames = stream->nb_frames > 0 ? stream->nb_frames : 0;
  if (claim->frames || !claim->rate_numerator) return;
  const double seconds = stream->duration > 0
      ? (double)stream->duration * unit.num / unit.den
      : (double)video->demuxer->duration / AV_TIME_BASE;
  const double frames = seconds * rate.num / rate.den;
  if (frames >= 1 && frames < 1e15) claim->frames = (int64_t)(frames + 0.5);
}

blz_video_status blz_video_open(
    const char *path, int32_t threads, blz_video **result, blz_video_claim *claim) {
  blz_av_forget();
  *claim = (blz_video_claim){0};
  *result = NULL;
  blz_video *video = calloc(1, sizeof *video);
  if (!video) return BLZ_VIDEO_DAMAGED;
  blz_video_status status = open_file(video, path, claim);
  const int reason = errno;
  if (!status && !(video->av = blz_av())) status = BLZ_VIDEO_NO_LIBRARY;
  if (!status && !make_input(video)) status = BLZ_VIDEO_DAMAGED;
  if (!status) status = open_container(video);
  if (!status) status = choose_stream(video);
  if (!status && threads > 0) status = open_decoder(video, threads);
  if (!status) {
    state_claim(video, claim);
    *result = video;
  } else {
    blz_video_close(video);
    errno = reason;
  }
  return status;
}

void blz_video_close(blz_video *video) {
  const struct blz_av *av = video->av;
  if (av) {
    if (video->decoder) av->avcodec_free_context(&video->decoder);
    if (video->demuxer) av->avformat_close_input(&video->demuxer);
    if (video->packet) av->av_packet_free(&video->packet);
    if (video->io) {
      av->av_free(video->io->buffer);
      av->avio_context_free(&video->io);
    }
  }
  if (video->file >= 0) close(video->file);
  free(video);
}

const char *blz_video_container(const blz_video *video) { return video->demuxer->iformat->name; }

const char *blz_video_codec(const blz_video *video) {
  return video->av->avcodec_get_name(video->stream->codecpar->codec_id);
}

// VP8 keeps reference frames that are never shown as packets of their own (RFC 6386, 9.1); an
// empty packet or one cut by an edit list yields no picture either.
static int is_shown(const blz_video *video) {
  const AVPacket *packet = video->packet;
  if (packet->size <= 0 || (packet->flags & AV_PKT_FLAG_DISCARD)) return 0;
  return video->stream->codecpar->codec_id != AV_CODEC_ID_VP8 || (packet->data[0] >> 4 & 1);
}

int blz_video_read(blz_video *video, blz_video_packet *result) {
  AVPacket *packet = video->packet;
  do {
    video->av->av_packet_unref(packet);
    if (video->av->av_read_frame(video->demuxer, packet) < 0) return 0;
  } while (packet->stream_index != video->stream->index);
  *result = (blz_video_packet){
      .presentation = packet->pts,
      .decoding = packet->dts,
      .position = packet->pos,
      .is_key = !!(packet->flags & AV_PKT_FLAG_KEY),
      .is_shown = is_shown(video),
      .is_cut = !!(packet->flags & AV_PKT_FLAG_CORRUPT),
  };
  return 1;
}

// Decoders carry a packet's time stamp to its picture and look no further into it, so the tag
// travels there: exact, whatever stamps the file has or lacks.
void blz_video_send(blz_video *video, int64_t tag) {
  AVPacket *packet = video->packet;
  if (packet->size <= 0) return;  // an empty packet would mean the end
  packet->pts = tag;
  packet->dts = AV_NOPTS_VALUE;
  blz_av_forget();
  video->av->avcodec_send_packet(video->decoder, packet);
}

void blz_video_drain(blz_video *video) {
  video->av->avcodec_send_packet(video->decoder, NULL);
}

blz_picture *blz_video_receive(blz_video *video, int64_t *tag) {
  AVFrame *frame = video->av->av_frame_alloc();
  if (!frame) return NULL;
  int code;
  // A decoding error concerns one picture; what comes after it is still there to take.
  do code = video->av->avcodec_receive_frame(video->decoder, frame);
  while (code < 0 && code != AVERROR(EAGAIN) && code != AVERROR_EOF && code != AVERROR(ENOMEM));
  if (code < 0) {
    video->av->av_frame_free(&frame);
    return NULL;
  }
  *tag = frame->pts;
  return (blz_picture *)frame;
}

int blz_video_seek(blz_video *video, int64_t time) {
  const int index = video->stream->index;
  if (video->decoder) video->av->avcodec_flush_buffers(video->decoder);
  return video->av->av_seek_frame(video->demuxer, index, time, AVSEEK_FLAG_BACKWARD) >= 0;
}

#else

blz_video_status blz_video_open(
    const char *path, int32_t threads, blz_video **video, blz_video_claim *claim) {
  (void)path, (void)threads;
  *video = NULL;
  *claim = (blz_video_claim){0};
  blz_av_say("this program was built without FFmpeg's headers");
  return BLZ_VIDEO_NO_LIBRARY;
}
void blz_video_close(blz_video *video) { (void)video; }
const char *blz_video_container(const blz_video *video) { return (void)video, ""; }
const char *blz_video_codec(const blz_video *video) { return (void)video, ""; }
int blz_video_read(blz_video *video, blz_video_packet *packet) {
  return (void)video, (void)packet, 0;
}
void blz_video_send(blz_video *video, int64_t tag) { (void)video, (void)tag; }
void blz_video_drain(blz_video *video) { (void)video; }
blz_picture *blz_video_receive(blz_video *video, int64_t *tag) {
  return (void)video, (void)tag, NULL;
}
int blz_video_seek(blz_video *video, int64_t time) { return (void)video, (void)time, 0; }

#endif
