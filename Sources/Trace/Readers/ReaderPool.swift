import Bytes

/// The readers of one protocol, each in a place where it stays while its connection has it.
///
/// A pool for each protocol, and not one of an enum of readers: Swift copies the payload of an enum
/// that is changed in place, which costs twelve times the instructions.
struct ReaderPool<Reader: ConnectionReader & ~Copyable>: ~Copyable {
    /// The readers, by their places.
    var readers: RestingSlots<Reader>
    private var freePlaces: [Int] = []

    /// The most readers that do not rest.
    private static var mostAtWork: Int { 4096 }

    /// Makes a pool whose readers rest but for those that take so many bytes; one at rest is what
    /// differs from `template`.
    init(template: consuming Reader, memoryAtWork: Int) {
        let limit = memoryAtWork / MemoryLayout<Reader>.stride
        readers = RestingSlots(template: template, limit: min(limit, Self.mostAtWork))
    }

    /// Adds a reader; answers its place.
    mutating func add(_ reader: consuming Reader) -> Int {
        let place = freePlaces.popLast() ?? readers.append()
        readers.put(reader, in: place)
        return place
    }

    /// Takes the reader away that has a place.
    mutating func remove(_ place: Int) {
        readers.clear(place)
        freePlaces.append(place)
    }
}

extension ReaderPool: Sendable where Reader: Sendable & ~Copyable {}
