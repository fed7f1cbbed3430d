package io.github.costwise.accounting.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A bounded file of entries that wait for the database. Each entry is a frame of length,
 * CRC-32 and bytes; a frame that was cut off by a crash, and anything after it, is
 * dropped when the file is opened. Entries are read in order and forgotten all together
 * once the last was taken: after a crash in between, some are read again. Thread-safe.
 */
final class Journal implements AutoCloseable {

	private static final int MAX_FILES = 16;

	private final FileChannel channel;

	private final FileLock lock;

	private final long maxBytes;

	private long end;

	private long position;

	private long entries;

	private long damaged;

	private Journal(FileChannel channel, FileLock lock, long maxBytes) throws IOException {
		this.channel = channel;
		this.lock = lock;
		this.maxBytes = maxBytes;
		recover();
	}

	/**
	 * Opens a journal and takes it for this process. When another instance holds the
	 * file, the same name followed by {@code .2}, {@code .3} and so on is used.
	 * @param file the file, made when absent
	 * @param maxBytes the bound of its size
	 * @return the journal
	 * @throws IOException if no file can be opened
	 */
	static Journal open(Path file, long maxBytes) throws IOException {
		Path parent = file.toAbsolutePath().getParent();
		if (parent != null) {
			Files.createDirectories(parent);
		}
		for (int i = 1; i <= MAX_FILES; i++) {
			Path candidate = (i == 1) ? file : file.resolveSibling(file.getFileName() + "." + i);
			Journal journal = tryOpen(candidate, maxBytes);
			if (journal != null) {
				return journal;
			}
		}
		throw new IOException(MAX_FILES + " other instances hold journals beside " + file);
	}

	private static @Nullable Journal tryOpen(Path file, long maxBytes) throws IOException {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
		try {
			FileLock lock = channel.tryLock();
			if (lock != null) {
				return new Journal(channel, lock, maxBytes);
			}
		}
		catch (OverlappingFileLockException ex) {
			// held by another ledger in this process
		}
		channel.close();
		return null;
	}

	private void recover() throws IOException {
		long size = this.channel.size();
		while (this.end < size) {
			Frame frame = Frame.read(this.channel, this.end, size);
			if (frame == null) {
				break;
			}
			this.entries += frame.intact() ? 1 : 0;
			this.damaged += frame.intact() ? 0 : 1;
			this.end += frame.length();
		}
		if (this.end < size) {
			this.damaged++;
			this.channel.truncate(this.end);
		}
	}

	/**
	 * Appends entries and waits until they are on the disk.
	 * @param added the entries
	 * @return how many of them found room; the others are not kept
	 * @throws IOException if the file cannot be written; none is kept then
	 */
	synchronized int append(List<byte[]> added) throws IOException {
		long room = this.maxBytes - this.end;
		int fitting = 0;
		long bytes = 0;
		while (fitting < added.size() && bytes + Frame.length(added.get(fitting)) <= room) {
			bytes += Frame.length(added.get(fitting++));
		}
		if (fitting > 0) {
			write(Frame.write(added.subList(0, fitting), (int) bytes));
			this.entries += fitting;
		}
		return fitting;
	}

	private void write(ByteBuffer frames) throws IOException {
		long at = this.end;
		try {
			while (frames.hasRemaining()) {
				at += this.channel.write(frames, at);
			}
			this.channel.force(false);
		}
		catch (IOException ex) {
			this.channel.truncate(this.end);
			throw ex;
		}
		this.end = at;
	}

	/**
	 * Returns the next entries without taking them.
	 * @param max how many at the most
	 * @return the entries in order, and where they end
	 * @throws IOException if the file cannot be read
	 */
	synchronized Chunk peek(int max) throws IOException {
		List<byte[]> found = new ArrayList<>();
		long at = this.position;
		while (found.size() < max && at < this.end) {
			Frame frame = Frame.read(this.channel, at, this.end);
			if (frame == null) {
				at = this.end;
				break;
			}
			if (frame.intact()) {
				found.add(frame.entry());
			}
			at += frame.length();
		}
		return new Chunk(found, at);
	}

	/**
	 * Takes entries that were peeked at.
	 * @param chunk the entries
	 * @throws IOException if the file cannot be emptied
	 */
	synchronized void take(Chunk chunk) throws IOException {
		this.position = chunk.end();
		this.entries -= chunk.entries().size();
		if (this.position == this.end) {
			this.channel.truncate(0);
			this.channel.force(false);
			this.position = 0;
			this.end = 0;
			this.entries = 0;
		}
	}

	/**
	 * Returns how many entries wait.
	 * @return entries not taken yet
	 */
	synchronized long size() {
		return this.entries;
	}

	/**
	 * Returns how many frames could not be read when the journal was opened.
	 * @return damaged frames; what was cut off counts as one
	 */
	synchronized long damaged() {
		return this.damaged;
	}

	@Override
	public synchronized void close() throws IOException {
		this.lock.release();
		this.channel.close();
	}

	/**
	 * Entries that were read.
	 *
	 * @param entries the entries in order
	 * @param end where the next one begins
	 */
	record Chunk(List<byte[]> entries, long end) {

	}

}
