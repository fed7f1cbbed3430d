package io.github.costwise.cache.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.EntryCodec;
import io.github.costwise.cache.MarkedEvictions;
import io.github.costwise.files.FileHeader;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheStats;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.EntryListing;
import io.github.costwise.spi.EvictionIncompleteException;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * Keeps answers in this process and in an append-only file, from which they are restored.
 * A killed process loses at most what it was writing; evictions are on the disk when they
 * return. Where an eviction cannot be written the file is emptied: a lost cache is better
 * than a wrong answer. The file is rewritten when most of it is outdated, without holding
 * up readers. Entries that were evicted for lack of room may come back with a restart.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class FileResponseCacheStore implements ResponseCacheStore, EntryListing, AutoCloseable {

	private static final Log logger = LogFactory.getLog(FileResponseCacheStore.class);

	private static final byte PUT = 1;

	private static final byte EVICT = 2;

	private final InMemoryResponseCacheStore memory;

	/** Also the lock under which memory and file change together. */
	private final OwnedFile file;

	private final Executor executor;

	private long unreadable;

	private FileResponseCacheStore(OwnedFile file, InMemoryResponseCacheStore memory, Executor executor) {
		this.file = file;
		this.memory = memory;
		this.executor = executor;
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
		return open(path, "", settings, clock, executor);
	}

	/**
	 * Opens the store of an application and restores what its file holds.
	 * @param path the file, made when absent; a second file with the ending {@code .lock}
	 * stands beside it
	 * @param application the name of the application, by which its file is known
	 * @param settings how much the store holds
	 * @param clock the time
	 * @param executor rewrites the file now and then
	 * @return the store
	 * @throws CostwiseConfigurationException if the file cannot be opened, belongs to
	 * another application, or is in use
	 */
	public static FileResponseCacheStore open(Path path, String application, MemoryStoreSettings settings, Clock clock,
			Executor executor) {
		OwnedFile file = null;
		try {
			file = OwnedFile.open(path.toAbsolutePath(), new FileHeader("cache-entries", application),
					FormerFile.ENTRIES);
			FileResponseCacheStore store = new FileResponseCacheStore(file,
					new InMemoryResponseCacheStore(settings, clock), executor);
			store.restore(path);
			return store;
		}
		catch (IOException ex) {
			closeQuietly(file);
			throw new CostwiseConfigurationException(
					"The cache file " + path + " cannot be used: " + ex.getMessage() + ".",
					"Set costwise.cache.memory.file to a file of this application alone, or remove the file.", ex);
		}
	}

	private static void closeQuietly(@Nullable OwnedFile file) {
		try {
			if (file != null) {
				file.close();
			}
		}
		catch (IOException ex) {
			logger.debug("A cache file could not be closed", ex);
		}
	}

	/** A damaged frame may have said that an entry is gone: no other can be trusted. */
	private void restore(Path path) throws IOException {
		if (this.file.replay(this::restore) > 0) {
			this.file.clear();
			this.memory.evict(CacheEviction.all());
			logger.warn("The cache file " + path + " was damaged; the cache begins empty");
		}
		compactIfOutdated();
	}

	private void restore(byte[] frame) {
		byte[] payload = Arrays.copyOfRange(frame, 1, frame.length);
		if (frame[0] == PUT) {
			restoreEntry(payload);
		}
		else {
			this.memory.evict(MarkedEvictions.read(new String(payload, StandardCharsets.UTF_8)));
		}
	}

	private void restoreEntry(byte[] payload) {
		try {
			this.memory.put(EntryCodec.decode(payload));
		}
		catch (CacheStoreException | IllegalArgumentException ex) {
			this.unreadable++;
		}
	}

	@Override
	public void put(CacheEntry entry) {
		byte[] frame = frame(PUT, EntryCodec.encode(entry));
		synchronized (this.file) {
			this.memory.put(entry);
			try {
				this.file.append(frame);
			}
			catch (IOException ex) {
				throw new CacheStoreException(StoreReason.FULL, "The cache file took no entry", ex);
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
		byte[] frame = frame(EVICT, MarkedEvictions.write(eviction).getBytes(StandardCharsets.UTF_8));
		synchronized (this.file) {
			long removed = this.memory.evict(eviction);
			try {
				writeEviction(eviction, frame);
			}
			catch (IOException ex) {
				throw new EvictionIncompleteException(StoreReason.UNAVAILABLE, "The cache file cannot be written",
						removed, ex);
			}
			return removed;
		}
	}

	private void writeEviction(CacheEviction eviction, byte[] frame) throws IOException {
		if (eviction.kind() == CacheEviction.EvictionKind.ALL) {
			this.file.clear();
		}
		else {
			try {
				this.file.append(frame);
			}
			catch (IOException ex) {
				logger.warn("An eviction could not be written to the cache file, which is emptied", ex);
				this.file.clear();
			}
		}
		this.file.force();
	}

	private void compactIfOutdated() {
		if (!this.file.beginCompacting(this.memory.stats().bytes())) {
			return;
		}
		try {
			this.executor.execute(this::compact);
		}
		catch (RuntimeException ex) {
			this.file.finishCompacting();
			logger.debug("The cache file cannot be rewritten now", ex);
		}
	}

	/** Rewrites the file with what is live. */
	void compact() {
		this.file
			.compact((frames) -> this.memory.forEach((entry) -> frames.accept(frame(PUT, EntryCodec.encode(entry)))));
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
	 * Removes all expired entries.
	 * @return how many were removed
	 */
	public long removeExpired() {
		return this.memory.removeExpired();
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

	private static byte[] frame(byte kind, byte[] payload) {
		byte[] frame = new byte[1 + payload.length];
		frame[0] = kind;
		System.arraycopy(payload, 0, frame, 1, payload.length);
		return frame;
	}

}
