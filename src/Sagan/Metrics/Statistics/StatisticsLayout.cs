namespace Sagan.Metrics.Statistics;

/// <summary>Under which names a file of statistics holds its arrays.</summary>
public enum StatisticsLayout
{
    /// <summary>mu, sigma: pytorch-fid, TTUR, mimicry, StudioGAN, BigGAN-PyTorch, clean-fid, ADM, edm, torch-fidelity.</summary>
    MuSigma,

    /// <summary>mean, cov: sngan_projection.</summary>
    MeanCov,

    /// <summary>pool_mean, pool_var: BigGAN's TF_pool.npz.</summary>
    PoolMeanVar,

    /// <summary>feats, the features themselves: clean-fid's files for KID.</summary>
    Feats,

    /// <summary>feat: mimicry's for KID.</summary>
    Feat,

    /// <summary>real_feats: StudioGAN's features.</summary>
    RealFeats,

    /// <summary>num_items, raw_mean, raw_cov, all_features: stylegan2-ada's and stylegan3's pickled caches, sums that are not divided yet.</summary>
    Sums,

    /// <summary>A tensor alone: torch-fidelity's cache of features.</summary>
    Tensor,
}
