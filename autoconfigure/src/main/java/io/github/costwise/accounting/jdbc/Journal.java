package io.github.costwise.accounting.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.costwise.files.FileHeader;
import io.github.costwise.files.ForeignFileException;
import io.github.costwise.files.Frame;
import io.github.costwise.files.FrameLog;

/**
 * A bounded file of entries that wait for the database. What was cut off by a crash is
 * dropped when the file is opened; a damaged entry is skipped. Entries are read in order
 * and forgotten all together once the last was taken: after a crash in between, some are
 * read again. An interrupt neither ends it nor loses an entry. Thread-safe.
 */
final class Journal implements AutoCloseable {

	private static final FileHeader HEADER = new FileHeader("ledger-journal", "");

	private static final int MAX_FILES = 16;

	/** Bound of an entry; a record is bounded so that its row stays below. */
	static final int MOST_BYTES = 1 << 20;

	private final FrameLog log;

	private final long maxBytes;

	private final long damaged;

	private long position;

	private long entries;

	private Journal(FrameLog log, long maxBytes, int damagedBefore) throws IOException {
		this.log = log;
		this.maxBytes = maxBytes;
		this.position = log.start();
		AtomicLong found = new AtomicLong();
		FrameLog.Replay replay = log.replay((entry) -> found.incrementAndGet());
		this.entries = found.get();
		this.damaged = replay.damaged() + (replay.cut() ? 1 : 0) + damagedBefore;
	}

	/**
	 * Opens a journal and takes it for this process. When another instance holds the
	 * file, the same name followed by {@code .2}, {@code .3} and so on is used.
	 * @param file the file, made when absent
	 * @param maxBytes the bound of its entries
	 * @return the journal
	 * @throws ForeignFileException if the file is something else; it is left as it is
	 * @throws IOException if no file can be opened
	 */
	static Journal open(Path file, long maxBytes) throws IOException {
		Path parent = file.toAbsolutePath().getParent();
		if (parent != null) {
			Files.createDirectories(parent);
		}
		for (int i = 1; i <= MAX_FILES; i++) {
			Path candidate = (i == 1) ? file : file.resolveSibling(file.getFileName() + "." + i);
			Journal journal = (i == 1) ? tryOpen(candidate, maxBytes) : tryNext(candidate, maxBytes);
			if (journal != null) {
				return journal;
			}
		}
		throw new IOException(MAX_FILES + " other instances hold journals beside " + file);
	}

	/** A file beside the one that was named may be anybody's. */
	private static @Nullable Journal tryNext(Path file, long maxBytes) throws IOException {
		try {
			return tryOpen(file, maxBytes);
		}
		catch (ForeignFileException ex) {
			return null;
		}
	}

	private static @Nullable Journal tryOpen(Path file, long maxBytes) throws IOException {
		int damaged = 0;
		FrameLog log;
		try {
			log = FrameLog.openLocked(file, HEADER);
		}
		catch (ForeignFileException ex) {
			damaged = OldJournal.takeOver(file, HEADER);
			if (damaged < 0) {
				throw ex;
			}
			log = FrameLog.openLocked(file, HEADER);
		}
		return (log != null) ? new Journal(log, maxBytes, damaged) : null;
	}

	/**
	 * Appends entries and waits until they are on the disk. One that is too long, or
	 * finds no room, takes none of the others with it.
	 * @param added the entries
	 * @return how many of them are kept
	 * @throws IOException if the file cannot be written; none is kept then
	 */
	synchronized int append(List<byte[]> added) throws IOException {
		long room = room();
		List<byte[]> fitting = new ArrayList<>(added.size());
		for (byte[] entry : added) {
			if (entry.length <= MOST_BYTES && Frame.length(entry) <= room) {
				room -= Frame.length(entry);
				fitting.add(entry);
			}
		}
		if (!fitting.isEmpty()) {
			write(fitting);
			this.entries += fitting.size();
		}
		return fitting.size();
	}

	/**
	 * Appends entries if there is room for all of them.
	 * @param added the entries
	 * @return whether they are kept
	 * @throws IOException if the file cannot be written; none is kept then
	 */
	synchronized boolean appendAll(List<byte[]> added) throws IOException {
		boolean fits = added.stream().allMatch((entry) -> entry.length <= MOST_BYTES)
				&& added.stream().mapToLong(Frame::length).sum() <= room();
		return fits && append(added) == added.size();
	}

	private long room() {
		return this.maxBytes - Math.max(0, this.log.end() - this.log.start());
	}

	private void write(List<byte[]> added) throws IOException {
		long before = this.log.end();
		try {
			this.log.append(added);
			this.log.force();
		}
		catch (IOException ex) {
			this.log.cutAt(before);
			throw ex;
		}
	}

	/**
	 * Returns the next entries without taking them.
	 * @param max how many at the most
	 * @return the entries in order, and where they end
	 * @throws IOException if the file cannot be read
	 */
	synchronized JournalChunk peek(int max) throws IOException {
		List<byte[]> found = new ArrayList<>();
		long at = this.position;
		Frame frame = this.log.read(at);
		while (frame != null) {
			at = frame.end();
			if (frame.bytes() != null) {
				found.add(frame.bytes());
			}
			frame = (found.size() < max) ? this.log.read(at) : null;
		}
		return new JournalChunk(found, at);
	}

	/**
	 * Takes entries that were peeked at.
	 * @param chunk the entries
	 * @throws IOException if the file cannot be emptied
	 */
	synchronized void take(JournalChunk chunk) throws IOException {
		this.position = chunk.end();
		this.entries -= chunk.entries().size();
		if (this.entries == 0) {
			this.log.clear();
			this.log.force();
			this.position = this.log.start();
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
	long damaged() {
		return this.damaged;
	}

	@Override
	public synchronized void close() throws IOException {
		this.log.close();
	}

	/**
	 * Entries that were read.
	 *
	 * @param entries the entries in order
	 * @param end where the next one begins
	 */
	record JournalChunk(List<byte[]> entries, long end) {

	}

}
