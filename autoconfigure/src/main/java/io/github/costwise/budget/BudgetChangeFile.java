package io.github.costwise.budget;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.files.FileHeader;
import io.github.costwise.files.FrameLog;

/**
 * Keeps in a file what was done with budgets at run time: a JSON object a frame, with
 * fields by name. What this release does not understand stays in the file. Thread-safe.
 */
final class BudgetChangeFile implements BudgetChanges {

	private static final FileHeader HEADER = new FileHeader("budget-changes", "");

	private final FrameLog log;

	private final List<RecordedChange> changes = new ArrayList<>();

	private BudgetChangeFile(FrameLog log) throws IOException {
		this.log = log;
		log.replay((frame) -> {
			RecordedChange change = ChangeLine.read(new String(frame, StandardCharsets.UTF_8));
			if (change != null) {
				this.changes.add(change);
			}
		});
	}

	/**
	 * Opens a file, or makes an empty one.
	 * @param path the file
	 * @return the file
	 * @throws CostwiseConfigurationException if it cannot be used
	 */
	static BudgetChangeFile open(Path path) {
		try {
			FrameLog log = FrameLog.openLocked(path, HEADER);
			if (log == null) {
				throw unusable(path, "another process uses it", null);
			}
			return new BudgetChangeFile(log);
		}
		catch (IOException ex) {
			throw unusable(path, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static CostwiseConfigurationException unusable(Path path, String why, @Nullable Throwable cause) {
		return new CostwiseConfigurationException(
				"'costwise.budgets.changes-file' is " + path + ", which cannot be used: " + why + ".",
				"Name a file of its own for each instance, in a folder that exists and can be written to.", cause);
	}

	@Override
	public synchronized void add(RecordedChange change) {
		try {
			this.log.append(List.of(ChangeLine.write(change).getBytes(StandardCharsets.UTF_8)));
			this.log.force();
			this.changes.add(change);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("What was done could not be written, and will be forgotten", ex);
		}
	}

	@Override
	public synchronized List<RecordedChange> all() {
		return List.copyOf(this.changes);
	}

	@Override
	public synchronized void close() {
		try {
			this.log.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
