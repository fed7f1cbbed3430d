package io.github.costwise.cache.verify;

import java.util.List;

import io.github.costwise.cache.verify.Estimate.Claim;
import io.github.costwise.cache.verify.Learner.Knowledge;
import io.github.costwise.cache.verify.Neighbourhood.Party;

/**
 * Estimates by what was learnt, and knows which words are rare in this traffic.
 * Thread-safe.
 */
final class Estimator {

	private final WordRarity rarity = new WordRarity();

	/**
	 * Estimates how safe the best answer is.
	 * @param text the request
	 * @param nearest the nearest entries, at least one
	 * @param known what was learnt
	 * @return the estimate
	 */
	Estimate estimate(TextFeatures text, List<NearEntry> nearest, Knowledge known) {
		Neighbourhood near = Neighbourhood.of(nearest);
		Party best = near.parties().get(0);
		double[] features = FeatureVector.of(text, near, best, this.rarity);
		double probability = known.ready() ? known.model().probability(features) : 0;
		int guards = GuardTrust.bits(Guards.between(text, best.best().text()));
		List<Claim> claims = near.parties()
			.stream()
			.map((party) -> new Claim(party.best(), near.share(party)))
			.toList();
		return new Estimate(claims, features, probability, guards, 0);
	}

	void observe(TextFeatures text) {
		this.rarity.add(text.words());
	}

}
