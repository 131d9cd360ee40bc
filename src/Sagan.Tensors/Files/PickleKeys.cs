namespace Sagan.Tensors.Files;

/// <summary>
/// Hashes what a pickle chooses with a seed of this process. Integers hash to themselves by default, so that a file could
/// choose thousands that collide, and a dict of them would take minutes.
/// </summary>
internal sealed class PickleKeys : IEqualityComparer<object>, IEqualityComparer<uint>
{
    internal static readonly PickleKeys Seeded = new();

    bool IEqualityComparer<object>.Equals(object? left, object? right) => Equals(left, right);

    public bool Equals(uint left, uint right) => left == right;

    public int GetHashCode(object key) => key is long number ? HashCode.Combine((int)number, (int)(number >> 32)) : key.GetHashCode();

    public int GetHashCode(uint index) => HashCode.Combine(index);
}
