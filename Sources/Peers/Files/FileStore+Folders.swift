internal import SystemPackage

// Folders are looked at, never made or removed.
extension FileStore {
    /// Whether a folder has this name.
    func isFolder(_ name: FileName) -> Bool {
        let (directories, last) = name.steps
        return (try? parent(directories + [last[...]])) != nil
    }

    /// The regular files and the folders in `folder`, by their names; what is hidden, or has a name
    /// that no target can have, is left out, and so are symbolic links.
    func entries(of folder: FolderName) throws(FileStoreError) -> [FolderEntry] {
        let entries: [FolderEntry]
        do {
            let directory = try parent(folder.steps)
            entries = try directory.names().compactMap { name in
                (try? folder.file(name)) == nil ? nil : directory.entry(name)
            }
        } catch {
            throw .folderUnavailable(folder.target, error)
        }
        return entries.sorted { $0.name < $1.name }
    }
}
