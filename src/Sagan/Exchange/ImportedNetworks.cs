using Sagan.Data;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors.Files;
using Sagan.Training;

namespace Sagan.Exchange;

/// <summary>Networks of ours with another project's weights. Owns them.</summary>
public sealed class ImportedNetworks : IDisposable
{
    private ImportedNetworks(Peer peer, PeerModel model)
    {
        Peer = peer;
        Model = model;
    }

    /// <summary>Whose they are.</summary>
    public Peer Peer { get; }

    /// <summary>What they were found to be.</summary>
    public PeerModel Model { get; }

    /// <summary>The generator; null: there was none among the files.</summary>
    public Generator? Generator { get; private set; }

    /// <summary>The averaged generator; null: there was none, or it is the only one.</summary>
    public Generator? Average { get; private set; }

    /// <summary>The discriminator; null: there was none among the files.</summary>
    public Discriminator? Discriminator { get; private set; }

    /// <summary>Reads the files of a GAN.</summary>
    /// <param name="peer">Whose they are; null: told from their names.</param>
    /// <param name="paths">Generator, averaged generator, discriminator: in any order, and not all need be there.</param>
    /// <param name="settings">The project's own, where given.</param>
    /// <exception cref="ArrayFileException">Files that cannot be read, or that no network of ours is like.</exception>
    /// <exception cref="ConfigException">Settings contradict the files.</exception>
    public static ImportedNetworks Read(Peer? peer, IReadOnlyList<string> paths, PeerSettings settings) =>
        Of(PeerFiles.Of(peer, [.. paths.Select(PeerFile.Read)]), settings);

    /// <summary>The networks of files that are read.</summary>
    internal static ImportedNetworks Of(PeerFiles files, PeerSettings settings)
    {
        var imported = new ImportedNetworks(files.Peer, files.Peer.Infer(files.Generator, files.Discriminator, settings));
        try
        {
            imported.Fill(files);
            return imported;
        }
        catch
        {
            imported.Dispose();
            throw;
        }
    }

    /// <summary>Writes them as a snapshot; classes are called by their numbers.</summary>
    public void Write(string path)
    {
        ImageSpec images = Model.Images;
        var config = new TrainingConfig
        {
            Recipe = Peer.Name,
            Model = Model.Model,
            Dataset = new PicturesConfig { Path = "", Resolution = images.Resolution, Channels = images.Channels },
            TotalImages = 0,
            Ema = Average is null ? null : new EmaConfig(),
        };
        string[] classes = [.. Enumerable.Range(0, images.Classes).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        Snapshot.Write(path, config, classes, images, clock: 0, Generator, Discriminator, Average);
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose()
    {
        Generator?.Dispose();
        Average?.Dispose();
        Discriminator?.Dispose();
    }

    private void Fill(PeerFiles files)
    {
        if (files.Generator is { } generator)
            Fill(Generator = Model.Model.BuildGenerator(Model.Images), generator);
        if (files.Average is { } average)
            Fill(Average = Model.Model.BuildGenerator(Model.Images), average);
        if (files.Discriminator is { } discriminator)
            Fill(Discriminator = Model.Model.BuildDiscriminator(Model.Images), discriminator);
    }

    private void Fill(Module network, PeerFile file) => Peer.Keys(network, Model.Model).Read(file);
}
