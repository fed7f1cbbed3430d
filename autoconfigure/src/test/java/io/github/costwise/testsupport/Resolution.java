package io.github.costwise.testsupport;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What became of the search for one real part: tried in order, once, remembered.
 *
 * @param <T> what the test gets
 */
final class Resolution<T> {

	private final RealPart part;

	private final Map<String, Finder<T>> finders = new LinkedHashMap<>();

	private @Nullable T found;

	private @Nullable String problem;

	Resolution(RealPart part) {
		this.part = part;
	}

	Resolution<T> or(String name, Finder<T> finder) {
		this.finders.put(name, finder);
		return this;
	}

	/**
	 * The part, or the reason why there is none.
	 * @return the part
	 * @throws RealPartMissingException if no finder had it
	 */
	synchronized T get() {
		if (this.found == null && this.problem == null) {
			search();
		}
		if (this.found == null) {
			throw new RealPartMissingException(String.valueOf(this.problem));
		}
		return this.found;
	}

	private void search() {
		List<String> reasons = new ArrayList<>();
		for (Map.Entry<String, Finder<T>> entry : this.finders.entrySet()) {
			try {
				this.found = entry.getValue().find();
				return;
			}
			catch (InterruptedException | InterruptedIOException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("Interrupted while looking for " + this.part, ex);
			}
			catch (Exception | LinkageError ex) {
				reasons.add(entry.getKey() + ": " + reason(ex));
			}
		}
		this.problem = "No " + this.part + " here. " + this.part.hint() + " Tried " + String.join("; ", reasons);
	}

	private static String reason(Throwable failure) {
		return (failure.getMessage() != null) ? failure.getMessage() : failure.toString();
	}

}
