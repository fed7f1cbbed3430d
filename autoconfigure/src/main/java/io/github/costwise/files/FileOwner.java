package io.github.costwise.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
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
		return of(channel);
	}

	/**
	 * Takes a channel to the second file; closes it where it does not become an owner.
	 */
	static FileOwner of(FileChannel channel) throws IOException {
		boolean held = false;
		try {
			held = isLocked(channel);
		}
		finally {
			if (!held) {
				channel.close();
			}
		}
		if (!held) {
			throw new IOException("another instance holds it");
		}
		return new FileOwner(channel);
	}

	private static boolean isLocked(FileChannel channel) throws IOException {
		try {
			return channel.tryLock() != null;
		}
		catch (OverlappingFileLockException ex) {
			return false; // held by another instance in this process
		}
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
