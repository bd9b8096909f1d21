/// Values in numbered slots, of which few are at work and any number may rest.
///
/// A connection that waits for an answer is nearly as it began, and so are its parsers and its
/// exchange: of 4,000 bytes a quarter says something. So only the values that were used last lie as
/// they are; of each other one what differs from a template is kept, byte by byte.
///
/// A value that rests has been moved, bit by bit, and moves back before it is changed: who looks at it
/// through the subscript cannot tell. This is where the core goes without the compiler's help:
/// `base` has room for `capacity` values, of which those with an owner are initialised, and nobody
/// else knows it; the slot that comes from outside is checked against the number of places.
@safe
package struct RestingSlots<Element: ~Copyable>: ~Copyable {
    @usableFromInline var places: [RestingPlace] = []
    @usableFromInline var base: UnsafeMutablePointer<Element>
    @usableFromInline let template: UnsafeMutablePointer<Element>
    @usableFromInline var capacity: Int
    /// The slots of the values at work, by their indices; -1 where there is none.
    @usableFromInline var owners: [Int32] = []
    @usableFromInline var vacant: [Int32] = []
    /// The index of the value that rests next when another needs its place.
    @usableFromInline var next = 0
    @usableFromInline let limit: Int

    /// Makes slots of which at most `limit` are at work at a time, and whose values are mostly as
    /// `template` is.
    @inlinable
    package init(template: consuming Element, limit: Int) {
        precondition(MemoryLayout<Element>.alignment == MemoryLayout<UInt64>.alignment)
        self.limit = max(limit, 1)
        capacity = min(self.limit, 16)
        unsafe base = Self.allocate(capacity)
        unsafe self.template = Self.allocate(1)
        unsafe self.template.initialize(to: template)
    }

    deinit {
        let value = unsafe Self.allocate(1)
        for place in places where place.index != RestingPlace.vacant {
            if place.index >= 0 {
                unsafe (base + Int(place.index)).deinitialize(count: 1)
            } else {
                unsafe place.resting.move(to: value, template, count: Self.wordCount)
                unsafe value.deinitialize(count: 1)
            }
        }
        unsafe value.deallocate()
        unsafe base.deallocate()
        unsafe template.deinitialize(count: 1)
        unsafe template.deallocate()
    }

    /// How many slots there are.
    @inlinable package var count: Int { places.count }

    /// Adds a slot without a value, and answers which.
    @inlinable
    package mutating func append() -> Int {
        places.append(RestingPlace())
        return places.count - 1
    }

    /// Looks at, or changes, the value in a slot, where there is one.
    @inlinable
    package subscript(slot: Int) -> Element {
        @inline(__always) _read {
            let index = places[slot].index
            let value = unsafe index >= 0 ? base + Int(index) : copy(slot)
            defer { if index < 0 { unsafe value.deallocate() } }
            yield unsafe value.pointee
        }
        @inline(__always) _modify {
            let index = places[slot].index
            let position = index >= 0 ? Int(index) : wake(slot)
            yield unsafe &base[position]
        }
    }

    /// Puts a value into a slot, in place of one that is there.
    @inlinable
    package mutating func put(_ value: consuming Element, in slot: Int) {
        guard places[slot].index == RestingPlace.vacant else { return self[slot] = value }
        let position = takePosition()
        unsafe (base + position).initialize(to: value)
        occupy(position, slot)
    }

    /// Takes the value away that is in a slot, if there is one.
    @inlinable
    package mutating func clear(_ slot: Int) {
        let index = places[slot].index
        guard index != RestingPlace.vacant else { return }
        let position = index >= 0 ? Int(index) : wake(slot)
        unsafe (base + position).deinitialize(count: 1)
        places[slot] = RestingPlace()
        owners[position] = -1
        vacant.append(Int32(position))
    }

    @inlinable static var wordCount: Int {
        MemoryLayout<Element>.stride / MemoryLayout<UInt64>.stride
    }

    /// Room for values, of zeros: what lies between the members of a value is compared too.
    @inlinable
    static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Element> {
        let values = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        unsafe UnsafeMutableRawPointer(values).initializeMemory(
            as: UInt8.self,
            repeating: 0,
            count: capacity * MemoryLayout<Element>.stride
        )
        return unsafe values
    }

    /// The bits of a value that rests, to be looked at and deallocated: it is no value of its own.
    @inlinable @inline(never)
    func copy(_ slot: Int) -> UnsafeMutablePointer<Element> {
        precondition(places[slot].index == RestingPlace.rest)
        let copy = UnsafeMutablePointer<Element>.allocate(capacity: 1)
        unsafe places[slot].resting.copy(to: copy, template, count: Self.wordCount)
        return unsafe copy
    }

    /// Has a value that rests lie as it is, and answers where.
    @inlinable @inline(never)
    mutating func wake(_ slot: Int) -> Int {
        precondition(places[slot].index == RestingPlace.rest)
        let position = takePosition()
        unsafe places[slot].resting.move(to: base + position, template, count: Self.wordCount)
        occupy(position, slot)
        return position
    }

    @inlinable
    mutating func occupy(_ position: Int, _ slot: Int) {
        owners[position] = Int32(slot)
        places[slot] = RestingPlace(index: Int32(position))
    }

    /// A position where no value is; another one rests for it where all are taken.
    @inlinable
    mutating func takePosition() -> Int {
        if let position = vacant.popLast() { return Int(position) }
        if owners.count < limit {
            if owners.count == capacity { grow() }
            owners.append(-1)
            return owners.count - 1
        }
        let position = next
        next = position + 1 < limit ? position + 1 : 0
        let resting = unsafe RestingBytes(
            moving: base + position,
            template,
            count: Self.wordCount
        )
        places[Int(owners[position])] = RestingPlace(resting: resting)
        return position
    }

    @inlinable
    mutating func grow() {
        let larger = min(capacity * 2, limit)
        let wider = unsafe Self.allocate(larger)
        // All of them have owners, or no other would be needed.
        unsafe wider.moveInitialize(from: base, count: owners.count)
        unsafe base.deallocate()
        unsafe base = wider
        capacity = larger
    }
}

// The memory is owned alone, as the type cannot be copied.
extension RestingSlots: @unchecked Sendable where Element: Sendable & ~Copyable {}
