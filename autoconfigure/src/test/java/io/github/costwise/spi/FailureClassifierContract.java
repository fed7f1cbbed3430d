package io.github.costwise.spi;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link FailureClassifier} must hold.
 */
public abstract class FailureClassifierContract {

	private FailureClassifier classifier;

	/** Returns the classifier, which need not be a new one. */
	protected abstract FailureClassifier create() throws Exception;

	/** Returns an exception that the classifier knows. */
	protected abstract Throwable known();

	@BeforeEach
	void createClassifier() throws Exception {
		this.classifier = create();
	}

	@Test
	void knowsItsOwnEachTime() {
		Throwable known = known();
		assertThat(this.classifier.classify(known)).isNotNull().isEqualTo(this.classifier.classify(known));
	}

	@Test
	void looksAtNoCause() {
		assertThat(this.classifier.classify(new Stranger("wrapped", known()))).isNull();
	}

	@Test
	void ofStrangersItThrowsNothing() {
		Stranger first = new Stranger(null, null);
		Stranger second = new Stranger("", first);
		first.initCause(second);
		List<Throwable> strangers = List.of(first, second, new Stranger("x".repeat(1_000_000), null),
				new Stranger("{\"status\": 429", null), new Stranger("\uD83D%s$1\0", new IOException()));
		for (Throwable stranger : strangers) {
			assertThat(this.classifier.classify(stranger)).isNull();
		}
	}

	/** A failure of nobody. */
	private static final class Stranger extends Exception {

		private static final long serialVersionUID = 1L;

		private @Nullable Throwable inner;

		private Stranger(@Nullable String message, @Nullable Throwable cause) {
			super(message);
			this.inner = cause;
		}

		@Override
		public synchronized @Nullable Throwable getCause() {
			return this.inner;
		}

		@Override
		public synchronized Throwable initCause(@Nullable Throwable cause) {
			this.inner = cause;
			return this;
		}

	}

}
