package io.github.costwise.faults;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Counts what went wrong inside Costwise without reaching the application. The first
 * fault of a kind is logged as a warning with its stack trace, the others at debug level.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Faults {

	private static final Log logger = LogFactory.getLog(Faults.class);

	private static final int MOST_PLACES = 1000;

	private static final int MOST_LENGTH = 2000;

	private final Set<String> places = ConcurrentHashMap.newKeySet();

	private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);

	private final Map<Kind, String> last = new ConcurrentHashMap<>();

	/** Creates an empty count. */
	public Faults() {
		for (Kind kind : Kind.values()) {
			this.counts.put(kind, new LongAdder());
		}
	}

	/**
	 * Runs an action and reports what it throws, an {@link Error} too, instead of
	 * throwing it.
	 * @param kind the part that acts
	 * @param action the action
	 */
	public void guard(Kind kind, Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			report(kind, ex);
		}
	}

	/**
	 * Reports a fault, unless it follows from one that was reported.
	 * @param kind the part that failed
	 * @param cause what it threw
	 */
	public void report(Kind kind, Throwable cause) {
		if (cause instanceof Told) {
			logger.debug("Costwise: " + kind + " did not try", cause);
			return;
		}
		LongAdder count = counter(kind);
		boolean first = count.sum() == 0;
		count.increment();
		try {
			this.last.put(kind, cause.getClass().getName());
			tell(kind, cause, first);
		}
		catch (Throwable ex) {
			// it is counted; a log that fails, or no memory left, must not end a thread
		}
	}

	private static void tell(Kind kind, Throwable cause, boolean first) {
		if (first) {
			logger.warn("Costwise: " + kind + " failed; the application goes on, later faults are counted only", cause);
		}
		else {
			logger.debug("Costwise: " + kind + " failed again", cause);
		}
	}

	/**
	 * Reports something that is wrong at a place of its own: a warning for the first time
	 * at each place, whatever went wrong elsewhere.
	 * @param kind the part that failed
	 * @param problem what is wrong and where, in words that do not vary with the call
	 * @param cause what was thrown, or {@code null}
	 */
	public void report(Kind kind, String problem, @Nullable Throwable cause) {
		counter(kind).increment();
		if (cause != null) {
			this.last.put(kind, cause.getClass().getName());
		}
		String line = line(problem);
		if (this.places.size() < MOST_PLACES && this.places.add(line)) {
			logger.warn("Costwise: " + line + "; later cases are counted only", cause);
		}
		else {
			logger.debug("Costwise: " + line, cause);
		}
	}

	private static String line(String problem) {
		StringBuilder line = new StringBuilder(problem.substring(0, Math.min(problem.length(), MOST_LENGTH)));
		for (int i = 0; i < line.length(); i++) {
			if (Character.isISOControl(line.charAt(i))) {
				line.setCharAt(i, ' ');
			}
		}
		return line.toString();
	}

	/**
	 * Returns how many faults of a kind were reported.
	 * @param kind the part that failed
	 * @return the count since start
	 */
	public long count(Kind kind) {
		return counter(kind).sum();
	}

	/**
	 * Returns what a part threw last.
	 * @param kind the part that failed
	 * @return the name of the class, or {@code null} if it threw nothing since start
	 */
	public @Nullable String last(Kind kind) {
		return this.last.get(kind);
	}

	private LongAdder counter(Kind kind) {
		return Objects.requireNonNull(this.counts.get(kind));
	}

	/**
	 * What is thrown in place of trying again what has failed, was reported, and will be
	 * tried in time: a consequence, and no fault of its own.
	 *
	 * @since 0.1.0
	 */
	public interface Told {

	}

	/** The parts that may fail. */
	public enum Kind {

		/** The ledger could not take or give records. */
		LEDGER,

		/** The price catalogue could not be read again. */
		CATALOG,

		/** A listener or an observer threw. */
		LISTENER,

		/** A usage could not be read. */
		USAGE,

		/** The scope or its attribution could not be found. */
		SCOPE,

		/** The text encoder could not start or encode. */
		ENCODER,

		/** Two answers could not be judged. */
		JUDGE,

		/** The response cache could not look up, store or learn. */
		CACHE,

		/** The router could not decide. */
		ROUTING,

		/** The model behind a client could not be read. */
		CHAT_MODEL,

		/** A budget could not be admitted to, or booked. */
		BUDGET

	}

}
