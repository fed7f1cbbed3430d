package io.github.costwise.cache.response;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.github.costwise.cache.Miss;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.response.SemanticTier.SimilarFound.Decided;
import io.github.costwise.cache.verify.DecisionEvidence;
import io.github.costwise.cache.verify.HitDecision;
import io.github.costwise.cache.verify.HitDecision.Accept;
import io.github.costwise.cache.verify.HitDecision.Decline;
import io.github.costwise.cache.verify.NearEntry;
import io.github.costwise.cache.verify.Placement;
import io.github.costwise.cache.verify.TextFeatures;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CachedAnswer;

/**
 * Compares fresh answers with those of their neighbours, and lets the verifier learn from
 * that. Thread-safe.
 */
final class AnswerComparer {

	private final ResponseCache cache;

	private final CacheTasks tasks;

	private final BiConsumer<CacheTurn, CacheEntry> put;

	AnswerComparer(ResponseCache cache, CacheTasks tasks, BiConsumer<CacheTurn, CacheEntry> put) {
		this.cache = cache;
		this.tasks = tasks;
		this.put = put;
	}

	void learn(CacheTurn turn, Lookup lookup, CacheEntry entry) {
		SemanticTier tier = this.cache.semantic();
		CacheEntry repeated = lookup.repeated();
		if (tier != null && repeated != null) {
			judge(tier, entry, repeated.answer()).thenAccept((same) -> this.tasks
				.run(() -> learnRepeat(turn, lookup, new RepeatedAnswer(entry, repeated, same))));
		}
		else if (tier != null && lookup.found() instanceof Decided decided) {
			learn(tier, new Fresh(turn, entry, decided));
			return;
		}
		this.cache.traffic(entry.question(), entry.group());
	}

	/** The same words asked again tell how often equal answers are judged to differ. */
	private void learnRepeat(CacheTurn turn, Lookup lookup, RepeatedAnswer repeat) {
		SemanticTier tier = this.cache.semantic();
		SemanticRules rules = turn.policy().semantic();
		GroupLearner learner = (tier != null && rules != null) ? tier.learner(lookup.asked(), turn.request(), rules)
				: null;
		if (learner != null) {
			learner.group().learnRepeat(repeat.same());
		}
		if (repeat.same()) {
			move(turn, repeat.entry(), repeat.before().group());
		}
	}

	private void learn(SemanticTier tier, Fresh fresh) {
		List<NearEntry> rivals = fresh.rivals();
		List<CompletableFuture<Boolean>> verdicts = new ArrayList<>();
		for (NearEntry rival : rivals) {
			verdicts.add(judge(tier, fresh.entry(), fresh.decided().neighbour(rival).answer()));
		}
		CompletableFuture.allOf(verdicts.toArray(CompletableFuture[]::new))
			.thenRun(() -> this.tasks.run(() -> learn(fresh, same(rivals, verdicts))));
	}

	private static CompletableFuture<Boolean> judge(SemanticTier tier, CacheEntry entry, CachedAnswer other) {
		return tier.judge().judge(entry.question(), entry.answer().text(), other.text());
	}

	private static Set<String> same(List<NearEntry> rivals, List<CompletableFuture<Boolean>> verdicts) {
		Set<String> same = new HashSet<>();
		for (int i = 0; i < rivals.size(); i++) {
			if (Boolean.TRUE.equals(verdicts.get(i).getNow(false))) {
				same.add(rivals.get(i).id());
			}
		}
		return same;
	}

	private void learn(Fresh fresh, Set<String> same) {
		shadow(fresh, same);
		Placement placement = fresh.decided()
			.basis()
			.learner()
			.verifier()
			.learn(fresh.asked(), SemanticTier.group(fresh.entry().group()), (rival) -> same.contains(rival.id()));
		for (Long group : placement.outdated()) {
			this.cache.outdated(CacheEviction.group(SemanticTier.group(group)), fresh.turn().policy());
		}
		String group = SemanticTier.group(placement.group());
		this.cache.traffic(fresh.entry().question(), group);
		move(fresh.turn(), fresh.entry(), group);
		repeat(fresh, same);
	}

	private void move(CacheTurn turn, CacheEntry entry, String group) {
		if (!group.equals(entry.group())) {
			this.put.accept(turn, FreshEntries.inGroup(entry, group));
		}
	}

	/** Answers of different times may differ for good reasons. */
	private static void repeat(Fresh fresh, Set<String> same) {
		List<NearEntry> rivals = fresh.rivals();
		if (!fresh.turn().isRefresh() && !rivals.isEmpty()
				&& rivals.get(0).text().equals(TextFeatures.of(fresh.entry().question()))) {
			fresh.decided().basis().learner().group().learnRepeat(same.contains(rivals.get(0).id()));
		}
	}

	private static void shadow(Fresh fresh, Set<String> same) {
		if (fresh.turn().policy().mode() == CacheMode.OBSERVE && fresh.decided().decision() instanceof Accept served) {
			boolean right = same.contains(served.candidate().id());
			fresh.turn()
				.counters()
				.observed(right ? PolicyCounters.ShadowOutcome.RIGHT : PolicyCounters.ShadowOutcome.WRONG);
		}
	}

	/** The decision of a turn that asked, even if the verifier would have served. */
	static Decline asked(HitDecision decision) {
		return (decision instanceof Accept served)
				? new Decline(Miss.VERIFICATION, Set.of(), served.probability(), served.candidate(), served.trial())
				: (Decline) decision;
	}

	/** An answer to a question that was answered before, and how they compare. */
	private record RepeatedAnswer(CacheEntry entry, CacheEntry before, boolean same) {

	}

	/** An answer, and what was decided before it was asked for. */
	private record Fresh(CacheTurn turn, CacheEntry entry, Decided decided) {

		List<NearEntry> rivals() {
			return trial().rivals();
		}

		private DecisionEvidence trial() {
			HitDecision decision = this.decided.decision();
			return (decision instanceof Accept served) ? served.trial() : ((Decline) decision).trial();
		}

		Decline asked() {
			return AnswerComparer.asked(this.decided.decision());
		}

	}

}
