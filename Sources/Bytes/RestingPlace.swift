/// Where the value in a slot is: at work at an index, or resting, or nowhere as there is none.
///
/// It is no part of ``RestingSlots``, so that it does not depend on what the values are: then it
/// would be looked up with each use.
@usableFromInline
struct RestingPlace {
    @usableFromInline var index: Int32
    @usableFromInline var resting = RestingBytes()

    @inlinable static var vacant: Int32 { -2 }
    @inlinable static var rest: Int32 { -1 }

    @inlinable
    init(index: Int32 = vacant) { self.index = index }

    @inlinable
    init(resting: RestingBytes) {
        index = Self.rest
        self.resting = resting
    }
}
