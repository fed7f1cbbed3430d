package io.github.costwise.cache.memory;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.files.FileHeader;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.LabelLog;

/**
 * Keeps labels in this process and in an append-only file, from which they are restored.
 * A killed process loses at most what it was appending; a machine that loses its power
 * may lose the latest. A damaged part of the file costs the labels in it and no others.
 * The file is rewritten when most of it is outdated; who appends meanwhile waits.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class FileLabelLog implements LabelLog, AutoCloseable {

	private static final Log logger = LogFactory.getLog(FileLabelLog.class);

	/**
	 * Positions begin at the time, so that those of a lost file are never given again.
	 */
	private static final int POSITIONS_A_MILLISECOND = 1 << 10;

	private final Path path;

	private final InMemoryLabelLog memory;

	private final OwnedFile file;

	private FileLabelLog(Path path, OwnedFile file, Clock clock) {
		this.path = path;
		this.memory = new InMemoryLabelLog(clock.millis() * POSITIONS_A_MILLISECOND);
		this.file = file;
	}

	/**
	 * Opens a log and restores what its file holds.
	 * @param path the file, made when absent; a second file with the ending {@code .lock}
	 * stands beside it
	 * @param clock the time
	 * @return the log
	 * @throws CostwiseConfigurationException if the file cannot be opened, belongs to
	 * another application, or is in use
	 */
	public static FileLabelLog open(Path path, Clock clock) {
		return open(path, "", clock);
	}

	/**
	 * Opens the log of an application.
	 * @param path the file, made when absent; a second file with the ending {@code .lock}
	 * stands beside it
	 * @param application the name of the application, by which its file is known
	 * @param clock the time
	 * @return the log
	 * @throws CostwiseConfigurationException if the file cannot be opened, belongs to
	 * another application, or is in use
	 */
	public static FileLabelLog open(Path path, String application, Clock clock) {
		Path absolute = path.toAbsolutePath();
		try {
			FileHeader header = new FileHeader("cache-labels", application);
			return open(absolute, OwnedFile.open(absolute, header, FormerFile.LABELS), clock);
		}
		catch (IOException ex) {
			throw new CostwiseConfigurationException(
					"The file of labels " + path + " cannot be used: " + ex.getMessage() + ".",
					"Set costwise.cache.memory.file to a file of this application alone, or remove " + path + ".", ex);
		}
	}

	private static FileLabelLog open(Path path, OwnedFile file, Clock clock) throws IOException {
		try {
			FileLabelLog log = new FileLabelLog(path, file, clock);
			log.restore();
			return log;
		}
		catch (IOException ex) {
			file.close();
			throw ex;
		}
	}

	private synchronized void restore() throws IOException {
		int damaged = this.file.replay(this::restore);
		if (damaged > 0) {
			logger.warn("The file of labels " + this.path + " is damaged in " + damaged + " places");
		}
		compactIfOutdated();
	}

	private void restore(byte[] frame) {
		try {
			this.memory.restore(LabelFrame.read(frame));
		}
		catch (BufferUnderflowException | NegativeArraySizeException | IllegalArgumentException ex) {
			logger.warn("The file of labels " + this.path + " holds something that is none");
		}
	}

	@Override
	public synchronized void append(String learningGroup, Collection<byte[]> records) {
		List<byte[]> added = List.copyOf(records);
		if (added.isEmpty()) {
			return;
		}
		try {
			this.file.append(new LabelFrame(learningGroup, this.memory.end(learningGroup), added).toBytes());
		}
		catch (IOException ex) {
			throw new CacheStoreException(StoreReason.FULL, "The file took no labels", ex);
		}
		this.memory.append(learningGroup, added);
		compactIfOutdated();
	}

	@Override
	public LabelBatch read(String learningGroup, long after, int most) {
		return this.memory.read(learningGroup, after, most);
	}

	private void compactIfOutdated() {
		if (this.file.beginCompacting(this.memory.bytes())) {
			this.file.compact((frames) -> this.memory.frames().forEach((frame) -> frames.accept(frame.toBytes())));
		}
	}

	@Override
	public synchronized void close() throws IOException {
		this.file.close();
	}

}
