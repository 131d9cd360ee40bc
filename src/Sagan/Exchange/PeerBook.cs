using Sagan.Exchange.BigGanPyTorch;
using Sagan.Exchange.Chainer;
using Sagan.Exchange.Heykeetae;
using Sagan.Exchange.HuggingFace;
using Sagan.Exchange.Mimicry;
using Sagan.Exchange.StudioGan;
using Sagan.Tensors.Files;

namespace Sagan.Exchange;

/// <summary>All projects whose networks can be imported. A new one is one folder and one line here.</summary>
public static class PeerBook
{
    /// <summary>In the order they are tried.</summary>
    public static IReadOnlyList<Peer> All { get; } = [new BigGanPyTorchPeer(), new MimicryPeer(), new StudioGanPeer(), new HuggingFacePeer(), new ChainerPeer(), new HeykeetaePeer()];

    /// <summary>Those that networks can be exported to, too.</summary>
    public static IReadOnlyList<TargetPeer> Targets { get; } = [.. All.OfType<TargetPeer>()];

    /// <summary>The project of a name, or null.</summary>
    public static Peer? Find(string name) => All.FirstOrDefault(peer => peer.Name == name);

    /// <summary>The project of a name where networks can be exported to it, or null.</summary>
    public static TargetPeer? FindTarget(string name) => Targets.FirstOrDefault(peer => peer.Name == name);

    /// <summary>The project that a file is of, told from its names.</summary>
    /// <exception cref="ArrayFileException">None of them.</exception>
    public static Peer Recognise(PeerFile file) => All.FirstOrDefault(peer => peer.Recognise(file) is not null)
        ?? throw new ArrayFileException(
            file.Path, "keys", $"{string.Join(", ", file.Names.Take(3))}, … are names of no project that is known here ({string.Join(", ", All.Select(peer => peer.Name))})");
}
