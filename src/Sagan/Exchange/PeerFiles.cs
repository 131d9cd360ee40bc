using Sagan.Tensors.Files;

namespace Sagan.Exchange;

/// <summary>The files of one GAN, told apart by the names in them.</summary>
/// <param name="Peer">Whose they are.</param>
/// <param name="Generator">The generator, or its average where there is no other; under plain names, as the others.</param>
/// <param name="Average">The averaged generator beside another.</param>
/// <param name="Discriminator">The discriminator.</param>
internal sealed record PeerFiles(Peer Peer, PeerFile? Generator, PeerFile? Average, PeerFile? Discriminator)
{
    /// <exception cref="ArrayFileException">A file is of no such project, or is one too many.</exception>
    internal static PeerFiles Of(Peer? peer, IReadOnlyList<PeerFile> files)
    {
        Peer whose = peer ?? PeerBook.Recognise(files[0]);
        (PeerFile File, PeerRole Role)[] networks = [.. files.Select(file => (file.Under(whose.Plain), Role(whose, file)))];
        PeerFile[] generators = [.. networks.Where(entry => entry.Role == PeerRole.Generator).Select(entry => entry.File)];
        PeerFile[] discriminators = [.. networks.Where(entry => entry.Role == PeerRole.Discriminator).Select(entry => entry.File)];
        if (discriminators.Length > 1)
            throw new ArrayFileException(discriminators[1].Path, "keys", $"is a discriminator, as {discriminators[0].Path} is; give one of them");
        (PeerFile? generator, PeerFile? average) = TellApart(generators);
        return new PeerFiles(whose, generator, average, discriminators.FirstOrDefault());
    }

    private static PeerRole Role(Peer peer, PeerFile file) => peer.Recognise(file)
        ?? throw new ArrayFileException(file.Path, "keys", $"{string.Join(", ", file.Names.Take(3))}, … are not the names of a network of {peer.Name}");

    // A generator and its average differ in nothing but numbers: all projects call the average's file G_ema.
    private static (PeerFile? Generator, PeerFile? Average) TellApart(PeerFile[] generators)
    {
        if (generators.Length < 2)
            return (generators.FirstOrDefault(), null);
        PeerFile[] averages = [.. generators.Where(file => Path.GetFileName(file.Path).Contains("ema", StringComparison.OrdinalIgnoreCase))];
        return generators.Length == 2 && averages.Length == 1
            ? (generators.Single(file => file != averages[0]), averages[0])
            : throw new ArrayFileException(generators[1].Path, "keys", $"is a generator, as {generators[0].Path} is; give one of them, or a second one as its average with 'ema' in the name of its file");
    }
}
