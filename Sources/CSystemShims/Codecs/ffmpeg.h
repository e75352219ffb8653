// The FFmpeg libraries, opened at first use. Private to the shims: nothing of it reaches Swift.
#pragma once

#if __has_include(<libavformat/avformat.h>) && __has_include(<libavcodec/avcodec.h>) \
    && __has_include(<libavutil/pixdesc.h>) && __has_include(<libswscale/swscale.h>)
#define BLZ_HAS_FFMPEG 1

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

// Pixels in a picture that a header may claim before it is refused.
#define BLZ_AV_MOST_PIXELS 268435456

// Every function used, with the library that has it.
#define BLZ_AV_FUNCTIONS(F) \
  F(util, av_dict_free) \
  F(util, av_dict_set) \
  F(util, av_frame_alloc) \
  F(util, av_frame_clone) \
  F(util, av_frame_free) \
  F(util, av_frame_get_buffer) \
  F(util, av_frame_make_writable) \
  F(util, av_free) \
  F(util, av_get_pix_fmt_name) \
  F(util, av_log_set_callback) \
  F(util, av_malloc) \
  F(util, av_max_alloc) \
  F(util, av_opt_set) \
  F(util, av_pix_fmt_desc_get) \
  F(util, av_strerror) \
  F(util, avutil_version) \
  F(codec, av_new_packet) \
  F(codec, av_packet_alloc) \
  F(codec, av_packet_free) \
  F(codec, av_packet_rescale_ts) \
  F(codec, av_packet_unref) \
  F(codec, avcodec_alloc_context3) \
  F(codec, avcodec_find_decoder) \
  F(codec, avcodec_find_encoder_by_name) \
  F(codec, avcodec_flush_buffers) \
  F(codec, avcodec_free_context) \
  F(codec, avcodec_get_name) \
  F(codec, avcodec_open2) \
  F(codec, avcodec_parameters_from_context) \
  F(codec, avcodec_parameters_to_context) \
  F(codec, avcodec_receive_frame) \
  F(codec, avcodec_receive_packet) \
  F(codec, avcodec_send_frame) \
  F(codec, avcodec_send_packet) \
  F(codec, avcodec_version) \
  F(format, av_find_best_stream) \
  F(format, av_probe_input_buffer2) \
  F(format, av_interleaved_write_frame) \
  F(format, av_read_frame) \
  F(format, av_seek_frame) \
  F(format, av_write_trailer) \
  F(format, avformat_alloc_context) \
  F(format, avformat_alloc_output_context2) \
  F(format, avformat_close_input) \
  F(format, avformat_find_stream_info) \
  F(format, avformat_free_context) \
  F(format, avformat_new_stream) \
  F(format, avformat_open_input) \
  F(format, avformat_version) \
  F(format, avformat_write_header) \
  F(format, avio_alloc_context) \
  F(format, avio_context_free) \
  F(scale, sws_freeContext) \
  F(scale, sws_getCoefficients) \
  F(scale, sws_getContext) \
  F(scale, sws_scale) \
  F(scale, sws_setColorspaceDetails) \
  F(scale, swscale_version)

// One pointer for each of them, spelt like the function.
struct blz_av {
#define BLZ_AV_POINTER(library, name) __typeof__(&name) name;
  BLZ_AV_FUNCTIONS(BLZ_AV_POINTER)
#undef BLZ_AV_POINTER
};

// The filled table, or NULL with the reason in blz_av_message(). Thread safe; dlopen runs once.
__attribute__((visibility("hidden"))) const struct blz_av *blz_av(void);

// Words an error code of FFmpeg in this thread's message unless the library has logged its own.
__attribute__((visibility("hidden"))) void blz_av_explain(int code);

#else
#define BLZ_HAS_FFMPEG 0
#endif

// Sets and clears this thread's message.
__attribute__((visibility("hidden"), format(printf, 1, 2))) void blz_av_say(const char *format, ...);
__attribute__((visibility("hidden"))) void blz_av_forget(void);
