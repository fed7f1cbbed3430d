package io.github.costwise.accounting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.RecentRecords.Newest;
import io.github.costwise.model.CostAnswer;
import io.github.costwise.model.CostDimension;
import io.github.costwise.model.CostGroups;
import io.github.costwise.model.CostQuery;
import io.github.costwise.model.CostSummary;

/**
 * Answers a query from the newest records where they hold the whole period, else from
 * roll-ups where they are kept by all of its dimensions, else from the newest records as
 * far as they reach. What a roll-up holds but does not tell apart is said in any case.
 */
final class MemoryQuery {

	private final RecentRecords recent;

	private final RollUps rollUps;

	private final CostQuery query;

	private final boolean countsTurns;

	MemoryQuery(RecentRecords recent, RollUps rollUps, CostQuery query) {
		this.recent = recent;
		this.rollUps = rollUps;
		this.query = query;
		this.countsTurns = query.countsTurns();
	}

	CostAnswer answer() {
		Newest newest = this.recent.newest(this.query.from(), this.query.to(), this.countsTurns);
		if (newest.since().equals(this.query.from())) {
			CostGroups groups = groups(this.query);
			newest.addTo(groups);
			return groups.answer(this.query.from(), List.of());
		}
		return this.query.dimensions().allMatch(RollUpKey::has) ? ofRollUps() : ofNewest(newest);
	}

	private CostGroups groups(CostQuery query) {
		return new CostGroups(query, this.countsTurns);
	}

	private CostAnswer ofRollUps() {
		CostGroups groups = groups(this.query);
		Instant forgotten = this.rollUps.read(this.query.from(), this.query.to(),
				(start, end, whole) -> (key, sums) -> add(groups, new Span(start, end, whole), key, sums));
		List<String> gaps = new ArrayList<>();
		addForgotten(forgotten, gaps);
		if (!groups.tellsAll()) {
			gaps.add("the ledger in memory sums up whole hours, whole days (UTC) of older ones, and new keys of a full "
					+ "hour or day as one; what it cannot tell apart by that is undistinguished");
		}
		return groups.answer(begin(forgotten), gaps);
	}

	private void add(CostGroups groups, Span span, RollUpKey key, Sums sums) {
		if (!mayMatch(key) || sums.isEmpty()) {
			return;
		}
		CostSummary summary = sums.toSummary("sums");
		if (span.whole() && this.query.dimensions().allMatch((dimension) -> tells(key, dimension, span))) {
			groups.add((dimension) -> dimension.isTime() ? this.query.slice(dimension, span.start())
					: key.value(dimension), summary);
		}
		else {
			groups.addUndistinguished(summary);
		}
	}

	private boolean mayMatch(RollUpKey key) {
		return (this.countsTurns || !key.isTurn()) && this.query.filters()
			.stream()
			.allMatch((filter) -> !key.tells(filter.dimension())
					|| Objects.equals(filter.value(), key.value(filter.dimension())));
	}

	private boolean tells(RollUpKey key, CostDimension dimension, Span span) {
		return dimension.isTime() ? this.query.slice(dimension, span.start())
			.equals(this.query.slice(dimension, span.end().minusNanos(1))) : key.tells(dimension);
	}

	private CostAnswer ofNewest(Newest newest) {
		CostGroups groups = groups(this.query);
		newest.addTo(groups);
		Sums untold = new Sums();
		Instant forgotten = this.rollUps.read(this.query.from(), this.query.to(),
				(start, end, whole) -> (key, sums) -> {
					if (mayMatch(key)) {
						untold.add(sums);
					}
				});
		newest.calls().stream().filter((call) -> mayMatch(RollUpKey.of(call))).forEach(untold::subtract);
		newest.turns().stream().filter((turn) -> mayMatch(RollUpKey.of(turn))).forEach(untold::subtract);
		if (untold.isPositive()) {
			groups.addUndistinguished(untold.toSummary("untold"));
		}
		List<String> gaps = new ArrayList<>();
		gaps.add("the ledger in memory tells " + unknown() + " apart of its newest records only, those since "
				+ newest.since() + "; what is older is undistinguished");
		addForgotten(forgotten, gaps);
		return groups.answer(newest.since(), gaps);
	}

	private String unknown() {
		Stream<CostDimension> unknown = this.query.dimensions().filter((dimension) -> !RollUpKey.has(dimension));
		return String.join(", ", unknown.map(CostDimension::toString).distinct().toList());
	}

	private Instant begin(@Nullable Instant forgotten) {
		Instant from = this.query.from();
		return (forgotten != null && forgotten.isAfter(from)) ? forgotten : from;
	}

	private void addForgotten(@Nullable Instant forgotten, List<String> gaps) {
		if (!begin(forgotten).equals(this.query.from())) {
			gaps.add("the ledger in memory has forgotten what is older than " + forgotten);
		}
	}

	/** An hour or a day, of which all or a part is asked for. */
	private record Span(Instant start, Instant end, boolean whole) {

	}

}
