"""What drawing pictures takes in plain PyTorch, in a process that is running already."""
import argparse
import time

import torch

import drawing
import forms
import usage


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload", help="what `Sagan.Benchmarks step NAME --describe` prints, in a file")
    parser.add_argument("snapshot", help="what `Sagan.Benchmarks snapshot` writes")
    parser.add_argument("--form", choices=forms.NAMES, default="public")
    parser.add_argument("--pictures", type=int, default=256)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    generator, classes = drawing.load(arguments.workload, arguments.snapshot, arguments.form)
    drawing.draw(generator, classes, arguments.batch).numpy()
    batches = -(-arguments.pictures // arguments.batch)

    start, busy = time.perf_counter(), usage.cpu()
    for _ in range(batches):
        drawing.draw(generator, classes, arguments.batch).numpy()
    seconds, cpu = time.perf_counter() - start, usage.cpu() - busy
    images = batches * arguments.batch
    print(f"images={images} seconds={seconds:.4f} rate={images / seconds:.3f} cpu={cpu:.4f} peak={usage.memory()[1]}")


if __name__ == "__main__":
    main()
