package io.github.costwise.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a file for one instance, by a lock on a second file with the ending
 * {@code .lock}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FileOwner implements AutoCloseable {

	private final FileChannel lock;

	private FileOwner(FileChannel lock) {
		this.lock = lock;
	}

	/**
	 * Takes a file, and makes the folders that it stands in.
	 * @param path the file, which need not exist
	 * @return its owner, until it is closed
	 * @throws IOException if another instance holds it, or the lock cannot be written
	 */
	public static FileOwner of(Path path) throws IOException {
		Path parent = path.getParent();
		if (parent != null) {
			Files.createDirectories(parent);
		}
		FileChannel channel = FileChannel.open(path.resolveSibling(path.getFileName() + ".lock"),
				StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		try {
			FileLock lock = channel.tryLock();
			if (lock != null) {
				return new FileOwner(channel);
			}
		}
		catch (OverlappingFileLockException ex) {
			// held by another instance in this process
		}
		channel.close();
		throw new IOException("another instance holds it");
	}

	/**
	 * Returns whether the file is held.
	 * @return whether it was not closed
	 */
	public boolean isOpen() {
		return this.lock.isOpen();
	}

	@Override
	public void close() throws IOException {
		this.lock.close();
	}

}
