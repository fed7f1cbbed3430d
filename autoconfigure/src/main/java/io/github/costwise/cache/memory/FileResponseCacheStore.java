package io.github.costwise.cache.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.CacheEntry;
import io.github.costwise.cache.CacheEviction;
import io.github.costwise.cache.CacheKey;
import io.github.costwise.cache.CacheStats;
import io.github.costwise.cache.CacheStoreException;
import io.github.costwise.cache.CacheStoreException.Reason;
import io.github.costwise.cache.EntryCodec;
import io.github.costwise.cache.EntryListing;
import io.github.costwise.cache.Neighbour;
import io.github.costwise.cache.ResponseCacheStore;

/**
 * Keeps answers in this process and in an append-only file, from which they are restored.
 * A killed process loses at most what it was writing; evictions are on the disk when they
 * return. Where an eviction cannot be written the file is emptied: a lost cache is better
 * than a wrong answer. The file is rewritten when most of it is outdated, without holding
 * up readers. Entries that gave way for lack of room may come back with a restart.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class FileResponseCacheStore implements ResponseCacheStore, EntryListing, AutoCloseable {

	private static final Log logger = LogFactory.getLog(FileResponseCacheStore.class);

	private static final byte PUT = 1;

	private static final byte EVICT = 2;

	private static final long LEAST_OUTDATED = 4L << 20;

	private final InMemoryResponseCacheStore memory;

	private final Path path;

	private final FileOwner owner;

	private final Executor executor;

	private final Object writing = new Object();

	private CacheFile file;

	private boolean compacting;

	private long unreadable;

	/** How often the file was emptied. */
	private long clears;

	private FileResponseCacheStore(Path path, InMemoryResponseCacheStore memory, FileOwner owner, Executor executor)
			throws IOException {
		this.path = path;
		this.memory = memory;
		this.owner = owner;
		this.executor = executor;
		this.file = CacheFile.open(path, CacheFile.ENTRIES);
	}

	/**
	 * Opens a store and restores what its file holds.
	 * @param path the file, made when absent; a second file with the ending {@code .lock}
	 * stands beside it
	 * @param settings how much the store holds
	 * @param clock the time
	 * @param executor rewrites the file now and then
	 * @return the store
	 * @throws CostwiseConfigurationException if the file cannot be opened, belongs to
	 * another application, or is in use
	 */
	public static FileResponseCacheStore open(Path path, MemoryStoreSettings settings, Clock clock, Executor executor) {
		FileOwner owner = null;
		try {
			owner = FileOwner.of(path.toAbsolutePath());
			FileResponseCacheStore store = new FileResponseCacheStore(path.toAbsolutePath(),
					new InMemoryResponseCacheStore(settings, clock), owner, executor);
			store.restore();
			return store;
		}
		catch (IOException ex) {
			closeQuietly(owner);
			throw new CostwiseConfigurationException(
					"The cache file " + path + " cannot be used: " + ex.getMessage() + ".",
					"Set costwise.cache.memory.file to a file of this application alone, or remove the file.", ex);
		}
	}

	private static void closeQuietly(@Nullable FileOwner owner) {
		try {
			if (owner != null) {
				owner.close();
			}
		}
		catch (IOException ex) {
			logger.debug("A lock file could not be closed", ex);
		}
	}

	/** A damaged frame may have said that an entry is gone: no other can be trusted. */
	private void restore() throws IOException {
		if (this.file.replay(this::restore) > 0) {
			this.file.clear();
			this.memory.evict(CacheEviction.all());
			logger.warn("The cache file " + this.path + " was damaged; the cache begins empty");
		}
		compactIfOutdated();
	}

	private void restore(byte[] frame) {
		byte[] payload = Arrays.copyOfRange(frame, 1, frame.length);
		try {
			if (frame[0] == PUT) {
				this.memory.put(EntryCodec.decode(payload));
			}
			else {
				String[] eviction = new String(payload, StandardCharsets.UTF_8).split(" ", 2);
				this.memory.evict(new CacheEviction(CacheEviction.Kind.valueOf(eviction[0]), eviction[1]));
			}
		}
		catch (CacheStoreException ex) {
			this.unreadable++;
		}
	}

	@Override
	public void put(CacheEntry entry) {
		byte[] frame = frame(PUT, EntryCodec.encode(entry));
		synchronized (this.writing) {
			this.memory.put(entry);
			try {
				this.file.append(frame);
			}
			catch (IOException ex) {
				throw new CacheStoreException(Reason.FULL, "The cache file took no entry", ex);
			}
		}
		compactIfOutdated();
	}

	@Override
	public @Nullable CacheEntry find(CacheKey key) {
		return this.memory.find(key);
	}

	@Override
	public List<Neighbour> nearest(String partition, float[] vector, int count) {
		return this.memory.nearest(partition, vector, count);
	}

	@Override
	public long evict(CacheEviction eviction) {
		String text = eviction.kind() + " " + eviction.value();
		byte[] frame = frame(EVICT, text.getBytes(StandardCharsets.UTF_8));
		synchronized (this.writing) {
			long removed = this.memory.evict(eviction);
			try {
				writeEviction(eviction, frame);
			}
			catch (IOException ex) {
				throw new CacheStoreException(Reason.UNAVAILABLE, "The cache file cannot be written", ex);
			}
			return removed;
		}
	}

	private void writeEviction(CacheEviction eviction, byte[] frame) throws IOException {
		if (eviction.kind() == CacheEviction.Kind.ALL) {
			clear();
		}
		else {
			try {
				this.file.append(frame);
			}
			catch (IOException ex) {
				logger.warn("An eviction could not be written to the cache file, which is emptied", ex);
				clear();
			}
		}
		this.file.force();
	}

	private void clear() throws IOException {
		this.clears++;
		this.file.clear();
	}

	private void compactIfOutdated() {
		synchronized (this.writing) {
			if (this.compacting || this.file.end() <= 2 * this.memory.stats().bytes() + LEAST_OUTDATED) {
				return;
			}
			this.compacting = true;
		}
		try {
			this.executor.execute(this::compact);
		}
		catch (RuntimeException ex) {
			finishCompacting();
			logger.debug("The cache file cannot be rewritten now", ex);
		}
	}

	private void finishCompacting() {
		synchronized (this.writing) {
			this.compacting = false;
		}
	}

	/** Writes what is live into a new file, and then what was appended meanwhile. */
	void compact() {
		Path fresh = this.path.resolveSibling(this.path.getFileName() + ".new");
		try {
			Files.deleteIfExists(fresh);
			replaceBy(fresh);
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("The cache file " + this.path + " could not be rewritten: " + ex.getMessage());
		}
		finally {
			finishCompacting();
		}
	}

	private void replaceBy(Path fresh) throws IOException {
		long from;
		long epoch;
		synchronized (this.writing) {
			from = this.file.end();
			epoch = this.clears;
		}
		CacheFile next = CacheFile.open(fresh, CacheFile.ENTRIES);
		try {
			this.memory.forEach((entry) -> appendTo(next, entry));
			next.force();
			switchTo(next, fresh, from, epoch);
		}
		catch (IOException | RuntimeException ex) {
			next.close();
			throw ex;
		}
	}

	private static void appendTo(CacheFile file, CacheEntry entry) {
		try {
			file.append(frame(PUT, EntryCodec.encode(entry)));
		}
		catch (IOException ex) {
			throw new CacheStoreException(Reason.FULL, "The new cache file took no entry", ex);
		}
	}

	/**
	 * An eviction of all entries empties the file: what was copied before is outdated
	 * then, and the old file stays.
	 */
	private void switchTo(CacheFile next, Path fresh, long from, long epoch) throws IOException {
		synchronized (this.writing) {
			if (this.clears != epoch) {
				throw new IOException("everything was evicted meanwhile");
			}
			next.appendFrom(this.file, from);
			next.force();
			Files.move(fresh, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			this.file.close();
			this.file = next;
		}
	}

	@Override
	public CacheStats stats() {
		CacheStats stats = this.memory.stats();
		return new CacheStats(stats.entries(), stats.bytes(), stats.maxEntries(), stats.evicted(), stats.expired(),
				this.unreadable);
	}

	@Override
	public void forEach(Consumer<CacheEntry> consumer) {
		this.memory.forEach(consumer);
	}

	/**
	 * Removes all entries whose time has passed.
	 * @return how many were removed
	 */
	public long removeExpired() {
		return this.memory.removeExpired();
	}

	@Override
	public void close() throws IOException {
		synchronized (this.writing) {
			if (this.owner.isOpen()) {
				this.file.force();
				this.file.close();
				this.owner.close();
			}
		}
	}

	private static byte[] frame(byte kind, byte[] payload) {
		byte[] frame = new byte[1 + payload.length];
		frame[0] = kind;
		System.arraycopy(payload, 0, frame, 1, payload.length);
		return frame;
	}

}
