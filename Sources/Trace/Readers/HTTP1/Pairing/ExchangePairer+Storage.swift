// The open exchanges lie in an array whose front is free up to `head`, so that taking the first and
// inserting near the front move little.
extension ExchangePairer {
    /// Takes out the exchange at `position`, which few stand in front of.
    mutating func take(_ position: Int) -> OpenExchange {
        if items.count == 1 {
            (firstCandidate, requestPosition, responsePosition) = (0, nil, nil)
            return items.removeLast()
        }
        let item = items[position]
        for index in stride(from: position, to: head, by: -1) { items.swapAt(index, index - 1) }
        head += 1
        movePositions { $0 < position ? $0 + 1 : $0 == position ? nil : $0 }
        firstCandidate = max(firstCandidate, head)
        if head == items.count {
            items.removeAll(keepingCapacity: true)
            moveAll(by: -head)
        } else if head > 64, head * 2 > items.count {
            items.removeFirst(head)
            moveAll(by: -head)
        }
        return item
    }

    /// Leaves places in front free, the more the longer the array.
    mutating func makeRoomInFront() {
        guard let first = items.first else { return }
        let room = 16 + items.count / 4
        items.insert(contentsOf: repeatElement(first, count: room), at: 0)
        moveAll(by: room)
    }

    /// Moves the positions of the exchanges whose messages are being read.
    mutating func movePositions(_ move: (Int) -> Int?) {
        requestPosition = requestPosition.flatMap(move)
        responsePosition = responsePosition.flatMap(move)
    }

    private mutating func moveAll(by distance: Int) {
        head += distance
        firstCandidate += distance
        movePositions { $0 + distance }
    }
}

extension Array {
    /// The index of the first element that `belongs`, where all behind it do too; `count` where
    /// none does.
    func partition(_ belongs: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
