package io.github.costwise.cache.memory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a file for one instance, by a lock on a second file with the ending
 * {@code .lock}.
 */
final class FileOwner implements AutoCloseable {

	private final FileChannel lock;

	private FileOwner(FileChannel lock) {
		this.lock = lock;
	}

	static FileOwner of(Path path) throws IOException {
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

	boolean isOpen() {
		return this.lock.isOpen();
	}

	@Override
	public void close() throws IOException {
		this.lock.close();
	}

}
