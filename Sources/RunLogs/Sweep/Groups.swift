extension Sequence {
  /// The elements by a key: the groups in the order of their first elements, the elements of each
  /// in their own order.
  package func groups<Key: Hashable>(
    by key: (Element) -> Key
  ) -> [(key: Key, members: [Element])] {
    var places: [Key: Int] = [:]
    var groups: [(key: Key, members: [Element])] = []
    for element in self {
      let own = key(element)
      if let place = places[own] {
        groups[place].members.append(element)
      } else {
        places[own] = groups.count
        groups.append((own, [element]))
      }
    }
    return groups
  }
}

extension [[Int]] {
  /// For each of so many elements the place of its group, of groups that hold each element once.
  package func places(of count: Int) -> [Int] {
    var places = [Int](repeating: 0, count: count)
    for (place, members) in enumerated() {
      for element in members { places[element] = place }
    }
    return places
  }
}

extension [String] {
  /// The first of them, and a line that says how many more there are where they are more than that.
  package func first(_ most: Int, more: (Int) -> String) -> [String] {
    count > most ? prefix(most) + [more(count - most)] : self
  }
}
