"""Synthetic clips of 640x384 pixels, written as lossless videos through ffmpeg.

    python3 clips.py FOLDER [FRAMES]

blob0, blob2, blob12: a drifting, pulsing Gaussian on gray with pixel noise of sigma 0, 2, 12.
arena: a textured background that rests, a small animal that moves, noise of sigma 1.5.
calcium: 60 cells that flicker, shot noise.
testsrc2: ffmpeg's colour pattern.
Every clip is the same on every machine: NumPy's PCG64 with fixed seeds.
"""

import subprocess
import sys

import numpy as np

WIDTH, HEIGHT, RATE = 640, 384, 20
Y, X = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)


def gaussian(x, y, sigma):
    return np.exp(-((X - x) ** 2 + (Y - y) ** 2) / (2 * sigma**2))


def blob(sigma):
    random = np.random.default_rng(int(10 + sigma))
    def frame(t):
        x = 320 + 180 * np.cos(t / 17)
        y = 192 + 100 * np.sin(t / 11)
        light = 30 + (170 + 40 * np.sin(t / 5)) * gaussian(x, y, 60)
        return light + sigma * random.standard_normal(light.shape)
    return frame


def arena():
    random = np.random.default_rng(20)
    texture = random.standard_normal((HEIGHT // 8, WIDTH // 8))
    ground = 110 + 30 * np.kron(texture, np.ones((8, 8))) * 0.5
    def frame(t):
        animal = gaussian(100 + 7 * t, 200 + 60 * np.sin(t / 9), 12)
        light = ground * (1 - animal) + 20 * animal
        return light + 1.5 * random.standard_normal(light.shape)
    return frame


def calcium():
    random = np.random.default_rng(30)
    places = random.uniform((20, 20), (WIDTH - 20, HEIGHT - 20), (60, 2))
    cells = np.array([gaussian(x, y, random.uniform(6, 11)) for x, y in places])
    phases, rates = random.uniform(0, 6.3, 60), random.uniform(0.05, 0.5, 60)
    def frame(t):
        activity = np.maximum(0, np.sin(phases + rates * t)) ** 4
        light = 25 + 160 * np.tensordot(activity, cells, 1)
        return random.poisson(np.maximum(light, 0) / 4) * 4.0
    return frame


def write(path, frames, make):
    ffmpeg = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-s",
         f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-", "-c:v", "ffv1", "-pix_fmt", "gray", path],
        stdin=subprocess.PIPE)
    for t in range(frames):
        ffmpeg.stdin.write(np.clip(np.rint(make(t)), 0, 255).astype(np.uint8).tobytes())
    ffmpeg.stdin.close()
    if ffmpeg.wait() != 0:
        sys.exit("ffmpeg failed")


def main():
    folder = sys.argv[1]
    frames = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    for name, make in [("blob0", blob(0)), ("blob2", blob(2)), ("blob12", blob(12)),
                       ("arena", arena()), ("calcium", calcium())]:
        write(f"{folder}/{name}.mkv", frames, make)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i",
         f"testsrc2=size={WIDTH}x{HEIGHT}:rate={RATE}", "-frames:v", str(frames), "-c:v", "ffv1",
         f"{folder}/testsrc2.mkv"], check=True)


if __name__ == "__main__":
    main()
