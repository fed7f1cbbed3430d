package io.github.costwise.accounting.usage;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.costwise.background.Background;
import io.github.costwise.background.Team;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.TokenCounter;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;

/**
 * Counts the usage of a call whose provider reported none: a stream that was cancelled,
 * or a server that never tells. Thread-safe.
 *
 * @since 0.1.0
 */
public final class UsageEstimator {

	private static final Log logger = LogFactory.getLog(UsageEstimator.class);

	private final TokenCounter counter;

	private final Team team;

	private final AtomicBoolean warm = new AtomicBoolean();

	/**
	 * Creates an estimator.
	 * @param counter counts the texts
	 * @param background loads its tables
	 */
	public UsageEstimator(TokenCounter counter, Background background) {
		this.counter = counter;
		this.team = background.team("token-counter", Faults.Kind.USAGE);
	}

	/**
	 * Makes the counter load its tables on a thread of its own, once. They take up to a
	 * second, which a cancelled stream should not have to wait for.
	 */
	public void warmUp() {
		if (this.warm.compareAndSet(false, true)) {
			this.team.start(this::loadTables);
		}
	}

	private void loadTables() {
		try {
			this.counter.count("warm up", "gpt-5");
		}
		catch (Throwable ex) {
			logger.debug("Costwise: the token tables cannot be loaded beforehand", ex);
		}
	}

	/**
	 * Estimates the usage of a call.
	 * @param sent what was sent
	 * @param appended what was sent with it besides, possibly empty
	 * @param received the text that arrived, reasoning and tool calls included, possibly
	 * empty
	 * @param model the model that answered, or the one asked for
	 * @return the usage, with the source {@code ESTIMATED}
	 */
	public NormalizedUsage estimate(PromptSize sent, String appended, CharSequence received, String model) {
		TokenUsage usage = TokenUsage.of(sent.tokens(this.counter, model) + count(appended, model),
				count(received, model));
		return new NormalizedUsage(usage, UsageSource.ESTIMATED);
	}

	/**
	 * Counts the tokens of a text that a model wrote.
	 * @param received the text, possibly empty
	 * @param model the model that wrote it
	 * @return tokens, zero or more
	 */
	public long countOutput(CharSequence received, String model) {
		return count(received, model);
	}

	private long count(CharSequence text, String model) {
		return text.isEmpty() ? 0 : this.counter.count(text.toString(), model);
	}

}
