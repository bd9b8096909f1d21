#if os(Linux)
    internal import CLinux
#endif

/// Memory that this process has freed.
package enum FreedMemory {
    /// Has blocks of `size` bytes and more go back to the system as soon as they are freed.
    ///
    /// The GNU C library keeps what was freed for later, and the more the larger it was: a program
    /// that needs a lot for a moment, and runs for hours, looks as if it still had it.
    package static func goesBack(from size: Int32) {
        #if os(Linux)
            return_freed_blocks(size)
        #endif
    }
}
