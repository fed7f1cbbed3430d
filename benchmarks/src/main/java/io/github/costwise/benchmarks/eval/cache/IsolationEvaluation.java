package io.github.costwise.benchmarks.eval.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Tier;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.CacheStep;
import io.github.costwise.cache.response.CacheTurn;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.spi.CachePartitionResolver;

/**
 * Asks the same questions in scopes that differ in one, two or three of the fields that
 * keep answers apart, through the shipped cache. Its encoder finds all texts alike and
 * its profile serves whatever is alike, so that nothing but the partition keeps answers
 * apart.
 * <p>
 * Scopes are stored like the black squares of a chess board: those with an even number of
 * changes first. Each must find its own answers; each of the others, whose neighbours are
 * all stored, must find nothing. Then the colours change places. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class IsolationEvaluation {

	private static final int QUESTIONS = 14;

	private static final int OWN_QUESTIONS = 2;

	private static final int MOST_LEAKS_NAMED = 20;

	private static final int PROGRESS_EVERY = 50;

	private final EvaluatedStore evaluated;

	private final long seed;

	private final Consumer<String> progress;

	private final CacheParts parts;

	private final Map<String, ResponseCache> caches = new HashMap<>();

	private final Map<String, Integer> leaks = new TreeMap<>();

	private int turns;

	private int checks;

	private int crossScopeHits;

	private int ownHits;

	/**
	 * Creates an evaluation.
	 * @param evaluated an empty store
	 * @param seed decides which fields are changed together
	 * @param progress receives what is going on
	 */
	public IsolationEvaluation(EvaluatedStore evaluated, long seed, Consumer<String> progress) {
		this.evaluated = evaluated;
		this.seed = seed;
		this.progress = progress;
		this.parts = new CacheParts(evaluated.store());
	}

	/**
	 * Runs the evaluation.
	 * @return keys and values of the result
	 * @throws IllegalStateException if a scope does not find its own answers
	 */
	public Map<String, Object> run() {
		try (this.parts) {
			List<Scope> scopes = Scope.grid(this.seed);
			for (boolean even : new boolean[] { true, false }) {
				round(scopes.stream().filter((scope) -> scope.isEven() == even).toList(),
						scopes.stream().filter((scope) -> scope.isEven() != even).toList());
			}
			tiers();
			sharing();
			return result(scopes.size());
		}
	}

	private Map<String, Object> result(int scopes) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("scopes", scopes);
		result.put("fields", Scope.fields(false).size() + ScopeField.anthropic().size() + 1);
		result.put("checks", this.checks);
		result.put("crossScopeHits", this.crossScopeHits);
		result.put("ownHits", this.ownHits);
		result.put("leaks", this.leaks);
		return result;
	}

	private void round(List<Scope> stored, List<Scope> others) {
		this.progress.accept("storing the answers of " + stored.size() + " scopes");
		stored.forEach((scope) -> store(scope.draft(), scope.name(), Tier.AUTO));
		settle();
		this.progress.accept("asking in " + stored.size() + " scopes with and " + others.size() + " without answers");
		stored.forEach(this::findOwn);
		for (int i = 0; i < others.size(); i++) {
			findNothing(others.get(i));
			if ((i + 1) % PROGRESS_EVERY == 0) {
				this.progress.accept((i + 1) + " of " + others.size() + " scopes without answers");
			}
		}
		share(stored, others);
		cache(stored.get(0).draft()).evict(CacheEviction.all());
	}

	private void store(ScopeDraft draft, String answer, Tier tier) {
		CachePolicy storing = AskedScopes.storingPolicy(draft);
		for (int i = 0; i < QUESTIONS; i++) {
			CacheTurn turn = cache(draft).open(draft.request(question(i), turn(), tier), storing);
			if (turn == null || !(turn.next() instanceof CacheStep.AskModel)) {
				throw new IllegalStateException("Kept from the cache: " + answer);
			}
			turn.answered(AskedScopes.answer(answer, tier));
		}
	}

	private void settle() {
		this.parts.settle();
		this.evaluated.settle();
	}

	private void findOwn(Scope scope) {
		for (int i = 0; i < OWN_QUESTIONS; i++) {
			requireOwn(scope, question(i), CacheHit.HitKind.EXACT);
			requireOwn(scope, "New words, " + question(i), CacheHit.HitKind.SEMANTIC);
		}
	}

	private void requireOwn(Scope scope, String question, CacheHit.HitKind kind) {
		CacheHit hit = ask(scope.draft(), question, Tier.AUTO);
		if (hit == null || hit.kind() != kind) {
			throw new IllegalStateException("A scope does not find its own answer, so that finding no other one says "
					+ "nothing: " + scope.name() + ", " + kind + ", found " + hit);
		}
		this.ownHits++;
		check(text(hit).equals(scope.name()), scope.name() + " <- " + text(hit));
	}

	private void findNothing(Scope scope) {
		for (int i = 0; i < QUESTIONS; i++) {
			for (String question : List.of(question(i), "New words, " + question(i))) {
				CacheHit hit = ask(scope.draft(), question, Tier.AUTO);
				check(hit == null, scope.name() + " <- " + ((hit != null) ? text(hit) : ""));
			}
		}
	}

	/**
	 * While scopes are being asked for, others must not wait for their answers. The
	 * encoder keeps answers apart only where similar questions are compared, which they
	 * are not here.
	 */
	private void share(List<Scope> stored, List<Scope> others) {
		List<CacheTurn> flying = new ArrayList<>();
		for (Scope scope : withoutEncoder(stored)) {
			flying.add(begin(scope.draft(), "Not asked before?"));
			check(flying.get(flying.size() - 1).next() instanceof CacheStep.AskModel, scope.name() + " waits");
			waits(scope, true);
		}
		withoutEncoder(others).forEach((scope) -> waits(scope, false));
		flying.forEach(CacheTurn::unanswered);
	}

	private static List<Scope> withoutEncoder(List<Scope> scopes) {
		return scopes.stream()
			.filter((scope) -> scope.fields().stream().noneMatch((field) -> field.name().equals("encoder")))
			.toList();
	}

	private void waits(Scope scope, boolean expected) {
		CacheTurn turn = begin(scope.draft(), "Not asked before?");
		boolean waits = turn.next() instanceof CacheStep.AwaitLeader;
		turn.unanswered();
		if (expected && !waits) {
			throw new IllegalStateException("A scope does not wait for its own answer: " + scope.name());
		}
		check(waits == expected, scope.name() + " waits for another scope");
	}

	private CacheTurn begin(ScopeDraft draft, String question) {
		CacheTurn turn = cache(draft).open(draft.request(question, turn(), Tier.AUTO), AskedScopes.exactPolicy(draft));
		if (turn == null) {
			throw new IllegalStateException("Kept from the cache");
		}
		return turn;
	}

	/** What a lower tier answered is not for those who ask for a higher one. */
	private void tiers() {
		ScopeDraft draft = new ScopeDraft(false);
		for (Tier answered : Tier.values()) {
			store(draft, answered.name(), answered);
			settle();
			for (Tier asked : Tier.values()) {
				boolean allowed = asked == Tier.AUTO || (answered != Tier.AUTO && answered.compareTo(asked) >= 0);
				for (String question : List.of(question(0), "New words, " + question(0))) {
					CacheHit hit = ask(draft, question, asked);
					if (allowed && hit == null) {
						throw new IllegalStateException(asked + " does not find the answer of " + answered);
					}
					check(allowed || hit == null, "tier " + asked + " <- " + answered);
				}
			}
			cache(draft).evict(CacheEviction.all());
		}
	}

	/** Users share where the policy says so, in their tenant alone. */
	private void sharing() {
		ScopeDraft draft = new ScopeDraft(false);
		draft.shared = true;
		store(draft, "shared", Tier.AUTO);
		settle();
		draft.user = "grace";
		if (ask(draft, question(0), Tier.AUTO) == null || ask(draft, "New words, " + question(0), Tier.AUTO) == null) {
			throw new IllegalStateException("Users do not share although the policy says so");
		}
		for (@Nullable
		String tenant : new @Nullable String[] { "globex", null, "" }) {
			draft.tenant = tenant;
			check(ask(draft, question(0), Tier.AUTO) == null, "shared across tenants");
			check(ask(draft, "New words, " + question(0), Tier.AUTO) == null, "shared across tenants");
		}
	}

	private @Nullable CacheHit ask(ScopeDraft draft, String question, Tier tier) {
		CacheTurn turn = cache(draft).open(draft.request(question, turn(), tier), AskedScopes.policy(draft));
		if (turn == null) {
			throw new IllegalStateException("The cache is off");
		}
		CacheStep step = turn.next();
		turn.unanswered();
		if (turn.isBypassed()) {
			throw new IllegalStateException("Kept from the cache: " + draft.policy);
		}
		return (step instanceof CacheStep.ServeHit served) ? served.hit() : null;
	}

	private void check(boolean apart, String what) {
		this.checks++;
		if (!apart) {
			this.crossScopeHits++;
			if (this.leaks.size() < MOST_LEAKS_NAMED || this.leaks.containsKey(what)) {
				this.leaks.merge(what, 1, Integer::sum);
			}
		}
	}

	private ResponseCache cache(ScopeDraft draft) {
		CachePartitionResolver resolver = (prompt, attribution) -> attribution.tags();
		return this.caches.computeIfAbsent(draft.applicationVersion + "\n" + draft.encoder, (key) -> {
			ResponseCache cache = this.parts.cache(draft.applicationVersion, new ToyEncoder(draft.encoder),
					List.of(resolver));
			AskedScopes.awaitEncoder(cache, this.parts, draft);
			return cache;
		});
	}

	private static String question(int number) {
		return "How is blade number " + number + " sharpened?";
	}

	private String turn() {
		return "turn-" + this.turns++;
	}

	private static String text(CacheHit hit) {
		String json = hit.answer().text();
		return json.substring(json.indexOf(':') + 2, json.length() - 2);
	}

}
