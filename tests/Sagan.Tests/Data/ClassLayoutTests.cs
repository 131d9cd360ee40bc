using Sagan.Data;

namespace Sagan.Tests.Data;

public sealed class ClassLayoutTests
{
    [Fact]
    public void Folders_become_classes_in_the_order_of_code_units()
    {
        ClassLayout layout = ClassLayout.Of("x", ["b/1.png", "a/1.png", "B/1.png", "ä/1.png"], null);

        Assert.Equal(["B", "a", "b", "ä"], layout.ClassNames);
        Assert.Equal(2, layout.LabelOf("b/1.png"));
        Assert.Null(layout.Split);
        Assert.Empty(layout.Notes);
    }

    [Fact]
    public void Train_is_the_default_split_and_others_can_be_chosen()
    {
        string[] paths = ["test/a/1.png", "train/a/1.png", "train/b/1.png", "val/b/2.png"];

        ClassLayout train = ClassLayout.Of("x", paths, null);
        ClassLayout test = ClassLayout.Of("x", paths, "test");
        ClassLayout valid = ClassLayout.Of("x", paths, "valid");

        Assert.Equal(("train", 2), (train.Split, train.ClassNames.Count));
        Assert.Null(train.LabelOf("test/a/1.png"));
        Assert.Equal(["a"], test.ClassNames);
        Assert.Equal("val", valid.Split);
    }

    [Fact]
    public void A_class_called_train_among_others_is_no_split()
    {
        ClassLayout layout = ClassLayout.Of("x", ["car/1.png", "plane/1.png", "train/1.png"], null);

        Assert.Null(layout.Split);
        Assert.Equal(["car", "plane", "train"], layout.ClassNames);
    }

    [Fact]
    public void An_extra_folder_level_is_passed_through_and_noted()
    {
        ClassLayout layout = ClassLayout.Of("x", ["my/images/cat/1.png", "my/images/dog/1.png"], null);

        Assert.Equal(["cat", "dog"], layout.ClassNames);
        Assert.Equal(1, layout.LabelOf("my/images/dog/1.png"));
        Assert.Contains(layout.Notes, note => note.Contains("'my/images/'", StringComparison.Ordinal));
    }

    [Fact]
    public void Splits_are_found_below_an_extra_level_and_levels_below_a_split()
    {
        ClassLayout layout = ClassLayout.Of("x", ["cifar/train/all/a/1.png", "cifar/train/all/b/1.png", "cifar/test/all/a/1.png"], null);

        Assert.Equal("train", layout.Split);
        Assert.Equal(["a", "b"], layout.ClassNames);
    }

    [Fact]
    public void Deeper_folders_belong_to_their_class()
    {
        ClassLayout layout = ClassLayout.Of("x", ["n01/images/1.png", "n02/images/1.png"], null);

        Assert.Equal(["n01", "n02"], layout.ClassNames);
        Assert.Equal(1, layout.LabelOf("n02/images/1.png"));
    }

    [Fact]
    public void Pictures_without_folders_are_one_class_named_after_the_source()
    {
        ClassLayout flat = ClassLayout.Of("/some/cats", ["1.png", "2.png"], null);
        ClassLayout single = ClassLayout.Of("/some/cats", ["tabby/1.png"], null);

        Assert.Equal(["cats"], flat.ClassNames);
        Assert.Equal(["tabby"], single.ClassNames);
        Assert.Equal(0, single.LabelOf("tabby/1.png"));
    }

    [Fact]
    public void Pictures_beside_class_folders_are_refused_by_name()
    {
        DataException error = Assert.Throws<DataException>(() => ClassLayout.Of("x", ["a/1.png", "b/1.png", "stray.png"], null));

        Assert.Contains("stray.png", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_that_is_not_there_is_refused()
    {
        Assert.Throws<DataException>(() => ClassLayout.Of("x", ["a/1.png", "b/1.png"], "test"));
        DataException error = Assert.Throws<DataException>(() => ClassLayout.Of("x", ["test/a/1.png", "val/a/1.png"], null));

        Assert.Contains("test, val", error.Message, StringComparison.Ordinal);
    }
}
