package io.github.costwise.benchmarks.eval.cache;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A scope: the first one of a provider, changed in some fields. Immutable.
 *
 * @param anthropic whether the options are Anthropic's rather than OpenAI's
 * @param fields what differs from the first scope
 */
record Scope(boolean anthropic, Set<ScopeField> fields) {

	private static final int SAMPLES = 110;

	ScopeDraft draft() {
		ScopeDraft draft = new ScopeDraft(this.anthropic);
		this.fields.forEach((field) -> field.change().accept(draft));
		return draft;
	}

	String name() {
		return (this.anthropic ? "anthropic" : "openai") + this.fields.stream().map(ScopeField::name).toList();
	}

	/**
	 * Scopes with an even number of changes differ from each other in two fields or more.
	 */
	boolean isEven() {
		return this.fields.size() % 2 == 0;
	}

	/**
	 * Returns the scopes of the grid: for each provider the first, all that differ from
	 * it in one field, and random ones that differ in two or three.
	 * @param seed decides the random ones
	 * @return the scopes, all partitions of their own
	 */
	static List<Scope> grid(long seed) {
		Set<Scope> scopes = new LinkedHashSet<>();
		SplittableRandom random = new SplittableRandom(seed);
		for (boolean anthropic : new boolean[] { false, true }) {
			List<ScopeField> all = fields(anthropic);
			scopes.add(new Scope(anthropic, Set.of()));
			all.forEach((field) -> scopes.add(new Scope(anthropic, Set.of(field))));
			for (int i = 0; i < SAMPLES; i++) {
				scopes.add(new Scope(anthropic, sample(all, 2 + i % 2, random)));
			}
		}
		return List.copyOf(scopes);
	}

	static List<ScopeField> fields(boolean anthropic) {
		List<ScopeField> all = new ArrayList<>(ScopeField.common());
		all.addAll(anthropic ? ScopeField.anthropic() : ScopeField.openAi());
		return all;
	}

	/**
	 * Two fields that exclude or hide each other are not drawn together; without tenant
	 * and user similar questions are not compared at all.
	 */
	private static Set<ScopeField> sample(List<ScopeField> all, int count, SplittableRandom random) {
		Set<ScopeField> drawn = new LinkedHashSet<>();
		Set<String> taken = new LinkedHashSet<>();
		while (drawn.size() < count) {
			ScopeField field = all.get(random.nextInt(all.size()));
			if (taken.add(subject(field.name()))) {
				drawn.add(field);
			}
		}
		return drawn;
	}

	private static String subject(String name) {
		if (name.equals("shared") || name.endsWith("user") || name.endsWith("tenant")) {
			return "owner";
		}
		for (String subject : List.of("system", "tool ", "history", "responseFormat", "Schema", "answerer")) {
			if (name.contains(subject)) {
				return subject;
			}
		}
		return name;
	}

}
