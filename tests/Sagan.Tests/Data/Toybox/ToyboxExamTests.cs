using Sagan.Data.Toybox;

namespace Sagan.Tests.Data.Toybox;

public sealed class ToyboxExamTests
{
    private const int Resolution = 32;
    private const int Pictures = 12;

    [Fact]
    public void Drawn_pictures_pass_with_the_variety_of_drawn_pictures()
    {
        var exam = new ToyboxExam(Resolution, Pictures);

        ClassMark mark = exam.Mark(1, Draw(1, i => i));

        Assert.Equal(("butterfly", Pictures, 1.0, 1.0), (mark.ClassName, mark.Pictures, mark.Recognised, mark.Sound));
        Assert.InRange(mark.Variety, 0.8, 1.25);
    }

    [Fact]
    public void One_picture_over_and_over_has_no_variety()
    {
        var exam = new ToyboxExam(Resolution, Pictures);

        ClassMark mark = exam.Mark(2, Draw(2, _ => 0));

        Assert.Equal(1, mark.Sound);
        Assert.Equal(0, mark.Variety, 1e-3);
    }

    [Fact]
    public void Pictures_of_another_class_are_not_recognised()
    {
        var exam = new ToyboxExam(Resolution, Pictures);

        ClassMark mark = exam.Mark(0, Draw(7, i => i));

        Assert.Equal((0.0, 0.0), (mark.Recognised, mark.Sound));
    }

    [Fact]
    public void Broken_pictures_fail_and_do_not_break_the_exam()
    {
        float[] broken = [.. Enumerable.Repeat(float.NaN, Pictures * 3 * Resolution * Resolution)];

        ClassMark mark = new ToyboxExam(Resolution, Pictures).Mark(4, broken);

        Assert.Equal((0.0, 0.0, 0.0), (mark.Recognised, mark.Sound, mark.Variety));
    }

    [Fact]
    public void Another_number_of_pictures_is_refused()
    {
        var exam = new ToyboxExam(Resolution, Pictures);

        var error = Assert.Throws<ArgumentException>(() => exam.Mark(0, new float[3 * Resolution * Resolution]));

        Assert.Contains("12 pictures", error.Message, StringComparison.Ordinal);
    }

    private static float[] Draw(int label, Func<int, int> picture)
    {
        int size = 3 * Resolution * Resolution;
        byte[] chw = new byte[size];
        var values = new List<float>();
        for (int i = 0; i < Pictures; i++)
        {
            ToyboxPictures.Render(label, picture(i), seed: 5, Resolution, chw);
            values.AddRange(chw.Select(value => (value / 127.5f) - 1));
        }

        return [.. values];
    }
}
