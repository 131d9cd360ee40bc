using Sagan.Classifiers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tests.Data;

namespace Sagan.Tests.Classifiers;

public sealed class ClassifierFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_file_alone_gives_back_the_classifier_and_all_that_is_known_of_it()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(2);
        using Classifier written = SmallClassifier.Create(width: 4);
        ClassifierFile.Write(_folder.At("pets.safetensors"), written, SmallClassifier.Facts);

        ClassifierFile file = ClassifierFile.Open(_folder.At("pets.safetensors"));
        using Classifier read = file.Load();
        Tensor pictures = Tensor.Normal([2, 3, 8, 8], random);
        written.SetTraining(false);

        Assert.Equal(new ImageSpec(3, 8, 3), file.Images);
        Assert.Equal(SmallClassifier.Names, file.Facts.ClassNames);
        Assert.Equal(SmallClassifier.Facts with { ClassNames = file.Facts.ClassNames }, file.Facts);
        Assert.Equal(written.Forward(pictures).Detach().ToArray<float>(), read.Forward(pictures).ToArray<float>());
        Assert.All(read.State(), entry => Assert.False(entry.Value.Value.RequiresGrad));
    }

    [Fact]
    public void Another_file_is_refused_by_name()
    {
        SafetensorsWriter.Write(_folder.At("other.safetensors"), []);

        var other = Assert.Throws<ArrayFileException>(() => ClassifierFile.Open(_folder.At("other.safetensors")));
        var missing = Assert.Throws<ArrayFileException>(() => ClassifierFile.Open(_folder.At("missing.safetensors")));

        Assert.Contains("no classifier of Sagan", other.Message);
        Assert.Contains("sagan classifier train", missing.Message);
    }

    [Fact]
    public void Pictures_that_it_does_not_know_are_named_with_the_first_difference()
    {
        using Classifier classifier = SmallClassifier.Create();
        ClassifierFile.Write(_folder.At("pets.safetensors"), classifier, SmallClassifier.Facts);
        ClassifierFile file = ClassifierFile.Open(_folder.At("pets.safetensors"));

        Assert.Null(file.MismatchWith(new ImageSpec(3, 8, 3), SmallClassifier.Names));
        Assert.Contains("judges pictures of 3x8x8, these are 3x16x16", file.MismatchWith(new ImageSpec(3, 16, 3), SmallClassifier.Names));
        Assert.Contains("class 1 is 'dog' there and 'fox' here", file.MismatchWith(new ImageSpec(3, 8, 3), ["cat", "fox", "owl"]));
        Assert.Contains("class 2 is 'owl' there and missing here", file.MismatchWith(new ImageSpec(3, 8, 2), ["cat", "dog"]));
    }

    public void Dispose() => _folder.Dispose();
}
