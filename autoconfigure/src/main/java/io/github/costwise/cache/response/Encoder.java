package io.github.costwise.cache.response;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.costwise.spi.TextEncoder;

/**
 * An encoder that starts off the request path: until it is ready, questions are compared
 * by their exact text. Thread-safe.
 */
final class Encoder {

	private static final long RETRY_MILLIS = 60_000;

	private final TextEncoder delegate;

	private final CacheTasks tasks;

	private final AtomicBoolean starting = new AtomicBoolean();

	private volatile @Nullable String id;

	Encoder(TextEncoder delegate, CacheTasks tasks) {
		this.delegate = delegate;
		this.tasks = tasks;
	}

	/** The encoder's id, or {@code null} while it starts. */
	@Nullable String id() {
		String known = this.id;
		if (known == null && this.starting.compareAndSet(false, true) && !this.tasks.run(this::start)) {
			this.starting.set(false);
		}
		return known;
	}

	private void start() {
		try {
			this.id = this.delegate.id();
		}
		finally {
			if (this.id == null) {
				this.tasks.runAfter(RETRY_MILLIS, () -> this.starting.set(false));
			}
		}
	}

	float[] encode(String text) {
		return this.delegate.encode(text);
	}

}
