package io.github.costwise.cache.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.costwise.files.FileHeader;
import io.github.costwise.files.FileOnDisk;
import io.github.costwise.files.FileOwner;
import io.github.costwise.files.FrameLog;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;

/**
 * A file of frames that one instance holds, and that is rewritten without holding up
 * those who append. Thread-safe.
 */
final class OwnedFile implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(OwnedFile.class);

	private static final long LEAST_OUTDATED = 4L << 20;

	private final Path path;

	private final FileHeader header;

	private final FileOwner owner;

	private FrameLog file;

	private boolean compacting;

	/** How often the file was emptied. */
	private long clears;

	private OwnedFile(Path path, FileHeader header, FileOwner owner) throws IOException {
		this.path = path;
		this.header = header;
		this.owner = owner;
		this.file = FrameLog.open(path, header);
	}

	/**
	 * Opens a file.
	 * @param header how it begins
	 * @param former takes over what an earlier release wrote
	 * @throws IOException if it cannot be opened, is another file, or another instance
	 * holds it
	 */
	static OwnedFile open(Path path, FileHeader header, FormerFile former) throws IOException {
		FileOwner owner = FileOwner.of(path);
		try {
			former.takeOver(path, header);
			return new OwnedFile(path, header, owner);
		}
		catch (IOException ex) {
			owner.close();
			throw ex;
		}
	}

	/** Reads all frames; returns how much of the file is damaged. */
	synchronized int replay(Consumer<byte[]> consumer) throws IOException {
		return this.file.replay(consumer).damaged();
	}

	synchronized void append(byte[] frame) throws IOException {
		this.file.append(List.of(frame));
	}

	synchronized void clear() throws IOException {
		this.clears++;
		this.file.clear();
	}

	/** Waits until everything is on the disk. */
	synchronized void force() throws IOException {
		this.file.force();
	}

	/**
	 * Whether to rewrite the file, since most of it is outdated. Whoever receives
	 * {@code true} has to.
	 * @param live how many bytes are not outdated, roughly
	 */
	synchronized boolean beginCompacting(long live) {
		if (this.compacting || this.file.end() <= 2 * live + LEAST_OUTDATED) {
			return false;
		}
		this.compacting = true;
		return true;
	}

	synchronized void finishCompacting() {
		this.compacting = false;
	}

	/**
	 * Writes what is live into a new file, and then what was appended meanwhile.
	 * @param live hands over all frames that are live
	 */
	void compact(Consumer<Consumer<byte[]>> live) {
		Path fresh = this.path.resolveSibling(this.path.getFileName() + ".new");
		try {
			replaceBy(fresh, live);
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("The cache file " + this.path + " could not be rewritten: " + ex.getMessage());
		}
		finally {
			finishCompacting();
		}
	}

	private void replaceBy(Path fresh, Consumer<Consumer<byte[]>> live) throws IOException {
		long from;
		long epoch;
		synchronized (this) {
			from = this.file.end();
			epoch = this.clears;
		}
		FrameLog next = FrameLog.open(fresh, this.header);
		try {
			next.clear();
			live.accept((frame) -> appendTo(next, frame));
			next.force();
			switchTo(next, fresh, from, epoch);
		}
		catch (IOException | RuntimeException ex) {
			next.close();
			throw ex;
		}
	}

	private static void appendTo(FrameLog file, byte[] frame) {
		try {
			file.append(List.of(frame));
		}
		catch (IOException ex) {
			throw new CacheStoreException(StoreReason.FULL, "The new file took no frame", ex);
		}
	}

	/**
	 * When the file was emptied meanwhile, what was copied is outdated, and the old file
	 * stays.
	 */
	private synchronized void switchTo(FrameLog next, Path fresh, long from, long epoch) throws IOException {
		if (this.clears != epoch) {
			throw new IOException("it was emptied meanwhile");
		}
		next.appendFrom(this.file, from);
		next.force();
		FileOnDisk.replace(fresh, this.path);
		this.file.close();
		this.file = next;
	}

	@Override
	public synchronized void close() throws IOException {
		if (this.owner.isOpen()) {
			this.file.force();
			this.file.close();
			this.owner.close();
		}
	}

}
