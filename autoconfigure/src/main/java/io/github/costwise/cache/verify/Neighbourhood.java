package io.github.costwise.cache.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nearest entries by answer group. Each entry votes for its group, the less the
 * further it is from the nearest one (the weighted vote of nearest neighbours: S. Dudani,
 * 1976).
 */
final class Neighbourhood {

	static final int SIZE = CacheQuestion.NEIGHBOURS;

	private static final double VOTE_TEMPERATURE = .05;

	private static final double FAR = .15;

	private final List<Party> parties;

	private final double nearest;

	private final double furthest;

	private final double votes;

	private Neighbourhood(List<Party> parties, double nearest, double furthest) {
		this.parties = parties;
		this.nearest = nearest;
		this.furthest = furthest;
		this.votes = parties.stream().mapToDouble((party) -> party.vote).sum();
	}

	/**
	 * Groups the entries.
	 * @param nearest the entries, the most similar first, at least one
	 * @return the groups, that with the most votes first
	 */
	static Neighbourhood of(List<NearEntry> nearest) {
		List<NearEntry> near = nearest.subList(0, Math.min(SIZE, nearest.size()));
		double first = near.get(0).cosine();
		Map<Long, Party> parties = new LinkedHashMap<>();
		for (NearEntry candidate : near) {
			parties.computeIfAbsent(candidate.group(), (group) -> new Party())
				.add(candidate, Math.exp((candidate.cosine() - first) / VOTE_TEMPERATURE));
		}
		List<Party> sorted = new ArrayList<>(parties.values());
		sorted.sort(Comparator.comparingDouble((Party party) -> -party.vote));
		return new Neighbourhood(sorted, first, near.get(near.size() - 1).cosine());
	}

	List<Party> parties() {
		return this.parties;
	}

	double share(Party party) {
		return party.vote / this.votes;
	}

	/**
	 * Returns the cosine of the nearest entry of another group, or what stands for it.
	 */
	double rival(Party party) {
		return this.parties.stream()
			.filter((other) -> other != party)
			.mapToDouble((other) -> other.best().cosine())
			.max()
			.orElse(Math.min(this.furthest, this.nearest - FAR));
	}

	/** The entries of one answer group. */
	static final class Party {

		private final List<NearEntry> members = new ArrayList<>();

		private double vote;

		private void add(NearEntry candidate, double weight) {
			this.members.add(candidate);
			this.vote += weight;
		}

		List<NearEntry> members() {
			return this.members;
		}

		NearEntry best() {
			return this.members.get(0);
		}

	}

}
