#!/usr/bin/env python3
"""Asks tifffile and Pillow what the files written-*.bin hold, which TIFFWriterTests compares with.

Needs numpy, tifffile and Pillow. When the writer changes, put what the failing tests wrote in place
of the files and run this: it fails unless every sample and the range that ImageJ shows are right.
"""
import pathlib

import numpy as np
import tifffile
from PIL import Image

HERE = pathlib.Path(__file__).parent
TINY, HUGE = np.float32(1e-45), np.float32(3e38)
EXPECTED = {
    "written-f32.bin": (
        np.array([[[0, 1.5, -2], [np.inf, HUGE, TINY]], [[7, 8, np.nan], [10, 11, 12]]], "f4"),
        (-2, float(HUGE)), 2),
    "written-u8.bin": (np.array([[3, 250, 7, 8, 9]], "u1"), (3, 250), None),
    "written-u16-color.bin": (
        (np.arange(18) * 3000).reshape(3, 1, 2, 3).astype("u2"), (-12.5, 1e20), 3),
    "written-nan.bin": (np.array([[np.nan, np.inf]], "f4"), (0, 1), None),
}

for name, (samples, shown, frames) in EXPECTED.items():
    with tifffile.TiffFile(HERE / name) as file:
        assert file.is_imagej, name
        found = file.asarray()
        assert found.dtype == samples.dtype and np.array_equal(found, samples, equal_nan=True), name
        facts = file.imagej_metadata
        assert (facts["min"], facts["max"]) == shown, (name, facts)
        assert facts.get("frames") == frames, (name, facts)
        if frames:
            assert abs(facts["fps"] - 30000 / 1001) < 1e-9, facts
        for page in file.pages:
            for tag in page.tags:
                assert tag.valueoffset % 2 == 0, (name, tag)
    with Image.open(HERE / name) as image:
        assert getattr(image, "n_frames", 1) == (frames or 1), name
        if samples.dtype != "u2":
            assert np.array_equal(np.asarray(image), samples[0] if frames else samples,
                                  equal_nan=True), name
    print("good", name, facts)
