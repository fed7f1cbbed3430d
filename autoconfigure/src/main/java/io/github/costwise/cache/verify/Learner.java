package io.github.costwise.cache.verify;

import java.util.ArrayList;
import java.util.List;

import io.github.costwise.fit.Gaussian;

/**
 * What a learning group has learnt: nothing but a function of the records applied, in
 * their order. Not thread-safe.
 */
final class Learner {

	private static final double EVIDENT = .5;

	private static final double MOST_IMPORTANT = 8;

	private static final int FIRST_LABELS = 100;

	private static final int LABELS_PER_FIT = 32;

	/** The share of wrong answers that a guard which stands down may have let through. */
	private static final double TOLERANCE = .2;

	private final VerifierSettings settings;

	private final LabelBuffer labels;

	private final RiskControl risk;

	private final GuardTrust guards;

	private final JudgementNoise noise = new JudgementNoise();

	private final AnswerGroups groups;

	private HitModel model;

	private boolean ready;

	private int sinceFit;

	private long evidence;

	Learner(VerifierSettings settings, AnswerGroups groups) {
		this.groups = groups;
		this.settings = settings;
		HitPrior prior = settings.prior();
		Gaussian belief = (prior != null) ? prior.belief() : Gaussian.vague(FeatureVector.SIZE);
		this.ready = prior != null;
		this.labels = new LabelBuffer(belief);
		this.model = HitModel.of(belief);
		this.risk = new RiskControl(settings.delta(), settings.least());
		this.guards = new GuardTrust(settings.profile(), TOLERANCE);
	}

	private double noise() {
		return this.noise.lower();
	}

	Knowledge knowledge() {
		return new Knowledge(this.model, this.ready, this.risk.threshold(), this.guards.active(), noise(),
				this.evidence);
	}

	LearningState state() {
		return new LearningState(this.evidence, this.risk.threshold(), GuardTrust.of(this.guards.active()), noise(),
				this.ready ? this.model.weights().clone() : new double[0]);
	}

	/**
	 * Learns from a record.
	 * @return groups whose answer is found to have changed
	 */
	List<Long> apply(LabelRecord record) {
		for (float passed : record.passed()) {
			this.risk.addRequest(passed);
		}
		if (record.repeat() != LabelRecord.Repeat.NONE) {
			this.noise.add(record.repeat() == LabelRecord.Repeat.SAME);
		}
		List<Long> outdated = new ArrayList<>();
		if (record.hasLabel()) {
			learn(record);
			judge(record, outdated);
		}
		return outdated;
	}

	private void learn(LabelRecord record) {
		this.evidence++;
		double p = record.probability();
		double wrong = record.isSame() ? 0 : 1 - JudgementNoise.rightThoughDifferent(p, noise());
		boolean vetoed = (record.guards() & this.guards.active()) != 0;
		this.risk.addRequest(vetoed ? 0 : p);
		if (record.isCheck() || p >= EVIDENT) {
			this.risk.addEvidence();
		}
		if (record.isCheck()) {
			this.risk.addCheck(wrong, p, record.importance());
		}
		if (p >= this.settings.least()) {
			this.guards.add(record.guards(), wrong);
		}
		this.labels.add(record.toFeatures(), record.isSame(),
				record.isCheck() ? Math.min(record.importance(), MOST_IMPORTANT) : 1);
		fitNowAndThen();
	}

	private void fitNowAndThen() {
		this.sinceFit++;
		int wait = this.ready ? LABELS_PER_FIT : FIRST_LABELS;
		if (this.sinceFit >= wait) {
			this.sinceFit = 0;
			this.ready = true;
			this.model = this.labels.fit(this.model, noise());
		}
	}

	private void judge(LabelRecord record, List<Long> outdated) {
		double noise = noise();
		long[] compared = record.groups();
		for (int i = 0; i < compared.length; i++) {
			for (int j = 0; j < i; j++) {
				boolean one = (record.equal() >> i & 1) != 0;
				boolean other = (record.equal() >> j & 1) != 0;
				if (one || other) {
					this.groups.compared(compared[i], compared[j], one && other, noise, Estimate.MISTAKEN);
				}
			}
		}
		double expected = record.probability() * (1 - noise);
		if (expected >= EVIDENT && this.groups.judged(compared[0], record.isSame(), expected)) {
			outdated.addAll(this.groups.members(compared[0]));
		}
	}

	/**
	 * What a decision needs.
	 *
	 * @param model the model
	 * @param ready whether it has seen labels or a prior
	 * @param threshold from which probability on is served
	 * @param guards the guards that object, one bit each
	 * @param noise which share of equal answers is judged to differ
	 * @param labels how many labels were learnt from
	 */
	record Knowledge(HitModel model, boolean ready, double threshold, int guards, double noise, long labels) {

	}

}
