using System.Globalization;

namespace Sagan.Tensors.Files;

/// <summary>The little of Python's grammar that npy headers use: strings, True and False, tuples of integers.</summary>
internal sealed class NpyLiteral(string text, FilePlace place)
{
    private int _at;

    /// <summary>What has not been read yet.</summary>
    internal string Rest() => text[_at..].Trim();

    /// <summary>True if the next sign is <paramref name="sign"/>.</summary>
    internal bool At(char sign)
    {
        while (_at < text.Length && text[_at] is ' ' or '\n' or '\t')
            _at++;

        return _at < text.Length && text[_at] == sign;
    }

    /// <summary>Reads <paramref name="sign"/> if it is next.</summary>
    internal bool Take(char sign)
    {
        bool found = At(sign);
        _at += found ? 1 : 0;
        return found;
    }

    internal void Expect(char sign)
    {
        if (!Take(sign))
            throw place.Wrong($"'{sign}' expected at character {_at} of the header");
    }

    internal void ExpectEnd()
    {
        if (Rest().Length > 0)
            throw place.Wrong($"unexpected text after the header's dictionary: {Rest()}");
    }

    /// <summary>Reads a string in single or double quotes; headers hold no escapes.</summary>
    internal string Text()
    {
        char quote = At('"') ? '"' : '\'';
        Expect(quote);

        int end = text.IndexOf(quote, _at);
        if (end < 0)
            throw place.Wrong("a quote is not closed");

        string content = text[_at..end];
        _at = end + 1;
        return content;
    }

    internal bool Truth()
    {
        bool truth = At('T');
        string word = truth ? "True" : "False";
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0)
            throw place.Wrong($"True or False expected at character {_at} of the header");

        _at += word.Length;
        return truth;
    }

    internal long[] Tuple()
    {
        var items = new List<long>();
        Expect('(');
        while (!Take(')'))
        {
            items.Add(Integer());
            if (!Take(',') && !At(')'))
                throw place.Wrong("a comma or ')' is missing in the shape");
        }

        return [.. items];
    }

    private long Integer()
    {
        At('-');
        int start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '-'))
            _at++;

        if (!long.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            throw place.Wrong($"a 64-bit integer expected at character {start} of the header");

        return value;
    }
}
