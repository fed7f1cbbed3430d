package io.github.costwise.benchmarks.eval.cache;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.answer.Recording;
import io.github.costwise.cache.policy.AdmissionRules;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.policy.Freshness;
import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.response.CacheTurn;
import io.github.costwise.cache.response.FreshAnswer;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.cache.verify.VerifierProfile;
import io.github.costwise.model.TokenUsage;

/** Policies and answers of scopes: whatever is alike is served. */
final class AskedScopes {

	private static final double ALIKE = .5;

	private AskedScopes() {
	}

	static CachePolicy policy(ScopeDraft draft) {
		return policy(draft, new SemanticRules(VerifierProfile.fixed(ALIKE), .01, 0));
	}

	/** Stores what {@link #policy} finds, and gives no answer of a similar question. */
	static CachePolicy storingPolicy(ScopeDraft draft) {
		return policy(draft, new SemanticRules(VerifierProfile.fixed(1), .01, 0));
	}

	static CachePolicy exactPolicy(ScopeDraft draft) {
		return policy(draft, null);
	}

	private static CachePolicy policy(ScopeDraft draft, @Nullable SemanticRules semantic) {
		AdmissionRules rules = AdmissionRules.defaults();
		AdmissionRules anyTool = new AdmissionRules(rules.maxTemperature(), rules.maxQuestionLength(),
				rules.maxAnswerLength(), Set.of("*"), rules.advisors(), true, true);
		return new CachePolicy(CacheMode.ENFORCE, draft.shared, Set.of(), Freshness.defaults(), anyTool, semantic);
	}

	static FreshAnswer answer(String text, Tier tier) {
		return new FreshAnswer(Recording.of("{\"answer\":\"" + text + "\"}"), "model", tier, TokenUsage.of(10, 10),
				Money.ofNanos(1_000), Set.of());
	}

	/** The encoder starts beside the first request, which is looked up without it. */
	static void awaitEncoder(ResponseCache cache, CacheParts parts, ScopeDraft draft) {
		CacheTurn turn = cache.open(draft.request("Are you ready?", "first", Tier.AUTO), policy(draft));
		if (turn != null) {
			turn.next();
			turn.unanswered();
		}
		parts.settle();
	}

}
