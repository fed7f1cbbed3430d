package io.github.costwise.benchmarks.eval.cache;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.answer.Recording;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.policy.AdmissionRules;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.policy.Freshness;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.CacheStep;
import io.github.costwise.cache.response.CacheTurn;
import io.github.costwise.cache.response.FreshAnswer;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * Requests that the exact tier answers, from the request as the advisor sees it to the
 * answer: admission, scope key, look-up. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class ExactHits implements AutoCloseable {

	/** Length of the text of a request. */
	public static final int REQUEST_CHARACTERS = SupportRequests.length(0);

	private static final int REQUESTS = 1_000;

	private static final CachePolicy POLICY = policy();

	private final CacheParts parts;

	private final ResponseCache cache;

	private final CacheRequest[] requests = new CacheRequest[REQUESTS];

	private int next;

	/**
	 * Stores the answers of all requests.
	 * @param store where
	 */
	public ExactHits(ResponseCacheStore store) {
		this.parts = new CacheParts(store);
		this.cache = this.parts.cache("1", null, List.of());
		for (int i = 0; i < REQUESTS; i++) {
			this.requests[i] = SupportRequests.request(i, "first-" + i);
			CacheTurn turn = this.cache.open(this.requests[i], POLICY);
			if (turn == null || !(turn.next() instanceof CacheStep.AskModel)) {
				throw new IllegalStateException("The store already answers this");
			}
			turn.answered(answer("The answer number " + i + ": "
					+ "it takes two hours, and it should be kept in a dry place above 5 degrees. ".repeat(5)));
		}
		this.parts.settle();
		if (this.cache.statistics().policy("default").storedAnswers() != REQUESTS) {
			throw new IllegalStateException("Not every answer was stored");
		}
		for (int i = 0; i < REQUESTS; i++) {
			this.requests[i] = SupportRequests.request(i, "again-" + i);
		}
	}

	private static CachePolicy policy() {
		AdmissionRules rules = AdmissionRules.defaults();
		AdmissionRules anyTool = new AdmissionRules(rules.maxTemperature(), rules.maxQuestionLength(),
				rules.maxAnswerLength(), Set.of("*"), rules.advisors(), rules.liveWording(), rules.personalWording());
		return new CachePolicy(CacheMode.ENFORCE, false, Set.of("faq"), Freshness.defaults(), anyTool, null);
	}

	static FreshAnswer answer(String text) {
		return new FreshAnswer(Recording.of(text), "gpt-5-mini", Tier.AUTO, TokenUsage.of(600, 90),
				Money.ofNanos(330_000), Set.of());
	}

	/**
	 * Asks once more what was asked before.
	 * @return the answer
	 * @throws IllegalStateException if the cache does not answer
	 */
	public CacheHit ask() {
		CacheRequest request = this.requests[this.next];
		this.next = (this.next + 1) % REQUESTS;
		@Nullable CacheTurn turn = this.cache.open(request, POLICY);
		if (turn != null && turn.next() instanceof CacheStep.ServeHit served) {
			return served.hit();
		}
		throw new IllegalStateException("The exact tier does not answer");
	}

	/** Stops what works in the background; the store stays open. */
	@Override
	public void close() {
		this.parts.close();
	}

}
