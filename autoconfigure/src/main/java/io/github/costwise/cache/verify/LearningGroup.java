package io.github.costwise.cache.verify;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.costwise.cache.Miss;
import io.github.costwise.cache.verify.HitDecision.Accept;
import io.github.costwise.cache.verify.HitDecision.Decline;
import io.github.costwise.cache.verify.Learner.Knowledge;

/**
 * The built-in verifier: learns from one feature's traffic, across partitions, when an
 * answer may be shared. Serves the surest requests, as far as the bound on wrong hits
 * allows, and asks the model about some of them all the same.
 * <p>
 * Thread-safe. A decision never waits for learning, which publishes what it has learnt as
 * one immutable value; those that learn wait for each other. All that is learnt is a
 * function of the records in the order in which they were logged, apart from the count of
 * hits that no check has followed yet. Holds at most 16 MiB, however much traffic it
 * sees.
 *
 * @since 0.1.0
 */
public final class LearningGroup implements HitVerifier {

	private static final double LEAST_COSINE = .6;

	private static final double LEAST_UNLEARNT = .8;

	private static final int HITS_UNCHECKED = 8;

	private final VerifierSettings settings;

	private final Consumer<LabelRecord> log;

	private final Estimator estimator = new Estimator();

	private final PassedRequests passed = new PassedRequests();

	private final RandomChecks checks;

	private final AnswerGroups groups = new AnswerGroups();

	private final Learner learner;

	private final Object learning = new Object();

	private volatile Knowledge knowledge;

	/**
	 * Creates a group that has learnt nothing.
	 * @param settings how it decides
	 * @param log receives what was learnt, in the order in which it was; it is called one
	 * record at a time and must not be slow
	 */
	public LearningGroup(VerifierSettings settings, Consumer<LabelRecord> log) {
		this.settings = settings;
		this.log = log;
		this.checks = new RandomChecks(settings.seed());
		this.learner = new Learner(settings, this.groups);
		this.knowledge = this.learner.knowledge();
	}

	@Override
	public HitDecision decide(CacheQuestion question) {
		List<NearEntry> near = this.groups.current(question.nearest());
		HitDecision decision;
		if (near.isEmpty() || near.get(0).cosine() < leastCosine()) {
			this.passed.add(0);
			decision = new Decline(Miss.NO_CANDIDATE, Set.of(), 0, null, DecisionEvidence.NONE);
		}
		else {
			decision = decide(question.text(), near);
		}
		this.estimator.observe(question.text());
		return decision;
	}

	private HitDecision decide(TextFeatures text, List<NearEntry> near) {
		Knowledge now = this.knowledge;
		Estimate estimate = this.estimator.estimate(text, near, now);
		if (this.settings.profile().isFixed()) {
			return decideByCosine(near.get(0), estimate);
		}
		long group = estimate.best().group();
		double p = estimate.probability() / (1 + this.groups.changeOdds(group));
		int vetoes = estimate.guards() & now.guards();
		if (vetoes != 0) {
			return ask(Miss.VETO, vetoes, p, estimate);
		}
		if (p < now.threshold()) {
			return ask((now.threshold() > 1) ? Miss.COLD : Miss.DOUBT, 0, p, estimate);
		}
		double importance = this.checks.draw(p);
		if (importance > 0) {
			return ask(Miss.EXPLORATION, 0, p, estimate.drawn(importance));
		}
		if (this.groups.servedSinceCheck(group) >= HITS_UNCHECKED) {
			return ask(Miss.VERIFICATION, 0, p, estimate.drawn(1));
		}
		this.groups.served(group);
		this.passed.add(text.equals(estimate.best().text()) ? -p : p);
		return new Accept(estimate.best(), p, estimate);
	}

	private HitDecision decideByCosine(NearEntry nearest, Estimate estimate) {
		double cosine = Math.max(0, nearest.cosine());
		return (cosine < this.settings.profile().threshold())
				? new Decline(Miss.DOUBT, Set.of(), cosine, nearest, estimate) : new Accept(nearest, cosine, estimate);
	}

	private double leastCosine() {
		return this.settings.profile().isFixed() ? -1 : LEAST_COSINE;
	}

	private static Decline ask(Miss reason, int guards, double probability, Estimate estimate) {
		return new Decline(reason, GuardTrust.of(guards), probability, estimate.best(), estimate);
	}

	/**
	 * Judges a request without deciding on it or learning from it. Before the first label
	 * it is the guards that judge, since the model knows other traffic only.
	 * @param question the request and its nearest stored entries, at least one
	 * @return how safe the best answer is
	 */
	public Assessment assess(CacheQuestion question) {
		Knowledge now = this.knowledge;
		Estimate estimate = this.estimator.estimate(question.text(), question.nearest(), now);
		double cosine = question.nearest().get(0).cosine();
		VerifierProfile profile = this.settings.profile();
		if (profile.isFixed()) {
			return new Assessment(Math.max(0, cosine), cosine >= profile.threshold(), Set.of());
		}
		int vetoes = estimate.guards() & now.guards();
		boolean sure = (now.labels() == 0) ? cosine >= LEAST_UNLEARNT : estimate.probability() >= this.settings.least();
		return new Assessment(estimate.probability(), vetoes == 0 && sure, GuardTrust.of(vetoes));
	}

	@Override
	public Placement learn(Decline ask, long newGroup, Predicate<NearEntry> same) {
		if (!(ask.trial() instanceof Estimate estimate)) {
			return new Placement(newGroup, List.of());
		}
		List<NearEntry> rivals = estimate.rivals();
		int equal = 0;
		for (int i = 0; i < rivals.size(); i++) {
			equal |= same.test(rivals.get(i)) ? 1 << i : 0;
		}
		long group = estimate.place(equal, newGroup, this.knowledge.noise());
		List<Long> outdated = apply(estimate.label(this.passed.take(), equal));
		return new Placement(outdated.contains(group) ? newGroup : group, outdated);
	}

	@Override
	public List<Long> markWrong(Accept hit) {
		return (hit.trial() instanceof Estimate estimate) ? apply(estimate.label(this.passed.take(), 0)) : List.of();
	}

	/**
	 * Learns whether two answers to the same text were judged to be the same. From 30
	 * such pairs on, it is taken into account that equal answers may be judged to differ.
	 * @param same whether they were
	 */
	public void learnRepeat(boolean same) {
		apply(LabelRecord.repeat(this.passed.take(), same));
	}

	/**
	 * Learns from a record of another instance, or of an earlier run. It is not logged
	 * again.
	 * @param record the record
	 * @return groups whose answer is found to have changed
	 */
	public List<Long> replay(LabelRecord record) {
		synchronized (this.learning) {
			return learnFrom(record);
		}
	}

	/**
	 * Returns whether nothing of a group is served, since its answer has changed.
	 * @param group the group
	 * @return whether that is so now
	 */
	public boolean isOutdated(long group) {
		return this.groups.isOutdated(this.groups.resolve(group));
	}

	/**
	 * Takes the words of a stored request, such as after a restart, so that it is known
	 * which words are rare.
	 * @param text the request's text
	 */
	public void observe(TextFeatures text) {
		this.estimator.observe(text);
	}

	/**
	 * Returns what was learnt so far.
	 * @return the state now
	 */
	public LearningState state() {
		synchronized (this.learning) {
			return this.learner.state();
		}
	}

	private List<Long> apply(LabelRecord record) {
		synchronized (this.learning) {
			List<Long> outdated = learnFrom(record);
			this.log.accept(record);
			return outdated;
		}
	}

	private List<Long> learnFrom(LabelRecord record) {
		List<Long> outdated = this.learner.apply(record);
		this.knowledge = this.learner.knowledge();
		return outdated;
	}

}
