using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>Replaces a generator's running batch statistics by averages over batches drawn for the purpose.</summary>
public static class StandingStatistics
{
    /// <summary>Runs the network over some batches and keeps the plain average of each batch's mean and biased variance.</summary>
    /// <param name="network">The network whose statistics are replaced.</param>
    /// <param name="batches">How many; BigGAN's paper takes 100, its authors' code 16.</param>
    /// <param name="forward">Runs the network on the batch of a number.</param>
    public static void Accumulate(Module network, int batches, Action<int> forward)
    {
        BatchStatistics[] all = [.. network.SelfAndDescendants().OfType<BatchStatistics>()];
        foreach (BatchStatistics statistics in all)
            statistics.BeginStanding();
        try
        {
            using GradMode noGrad = Autograd.NoGrad();
            for (int i = 0; i < batches; i++)
            {
                using Scope scope = Scope.Open();
                forward(i);
            }
        }
        finally
        {
            foreach (BatchStatistics statistics in all)
                statistics.EndStanding();
        }
    }
}
