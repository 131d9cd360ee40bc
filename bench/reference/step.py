"""One iteration of training in plain PyTorch: seconds and memory, in the line that Sagan.Benchmarks prints too."""
import argparse
import json
import statistics
import time

import torch

import forms
import usage


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload", help="what `Sagan.Benchmarks step NAME --describe` prints, in a file")
    parser.add_argument("--form", choices=forms.NAMES, default="public")
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--warmup", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    torch.backends.cudnn.benchmark = True
    with open(arguments.workload, encoding="utf-8") as file:
        workload = json.load(file)
    training = forms.find(arguments.form, workload)(workload, arguments.device)

    seconds = []
    warm, busy = usage.memory(arguments.device), usage.cpu()
    for step in range(arguments.warmup + arguments.steps):
        start = time.perf_counter()
        training.iterate()
        if arguments.device != "cpu":
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - start)
        if step + 1 == arguments.warmup:
            warm, busy = usage.memory(arguments.device), usage.cpu()

    cpu = (usage.cpu() - busy) / arguments.steps
    resident, peak = usage.memory(arguments.device)
    print(f"batch={training.batch} images={training.batch * training.steps} gflop={training.flops / 1e9:.3f} "
          f"seconds={statistics.median(seconds[arguments.warmup:]):.5f} cpu={cpu:.5f} "
          f"peak={peak} resident_warm={warm[0]} resident_end={resident}")


if __name__ == "__main__":
    main()
