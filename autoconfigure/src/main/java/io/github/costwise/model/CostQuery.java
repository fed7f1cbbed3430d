package io.github.costwise.model;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.ShortText;

/**
 * Which calls and turns to sum up, and what to tell them apart by. Immutable.
 *
 * @param from begin of the period, inclusive; the epoch means everything that is kept
 * @param to end of the period, exclusive
 * @param by the dimensions of a row, each once; none for one row with everything
 * @param filters what calls and turns must all be
 * @param zone where hours and days begin
 * @param limit how many rows at the most, from 1; the others are summed up in one
 * @since 0.1.0
 */
public record CostQuery(Instant from, Instant to, List<CostDimension> by, List<Filter> filters, ZoneId zone,
		int limit) {

	private static final int DEFAULT_LIMIT = 1000;

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if a dimension is named twice or the limit is
	 * below 1
	 */
	public CostQuery {
		by = List.copyOf(by);
		filters = List.copyOf(filters);
		requireOnce(by);
		requireOnce(filters.stream().map(Filter::dimension).toList());
		if (limit < 1) {
			throw new IllegalArgumentException("The limit must be 1 or more, but is " + limit);
		}
	}

	private static void requireOnce(List<CostDimension> dimensions) {
		if (new HashSet<>(dimensions).size() < dimensions.size()) {
			throw new IllegalArgumentException("Each dimension can be given once: " + dimensions);
		}
	}

	/**
	 * Returns a query for everything in a period, in one row.
	 * @param from begin of the period, inclusive; the epoch means everything that is kept
	 * @param to end of the period, exclusive
	 * @return the query, in UTC, with at most 1,000 rows
	 */
	public static CostQuery between(Instant from, Instant to) {
		return new CostQuery(from, to, List.of(), List.of(), ZoneOffset.UTC, DEFAULT_LIMIT);
	}

	/**
	 * Returns this query with another begin.
	 * @param from begin of the period, inclusive
	 * @return the query
	 */
	public CostQuery from(Instant from) {
		return new CostQuery(from, this.to, this.by, this.filters, this.zone, this.limit);
	}

	/**
	 * Returns this query with other dimensions.
	 * @param by the dimensions of a row, each once
	 * @return the query
	 */
	public CostQuery by(CostDimension... by) {
		return new CostQuery(this.from, this.to, List.of(by), this.filters, this.zone, this.limit);
	}

	/**
	 * Returns this query with a further filter.
	 * @param dimension any dimension but an hour or a day
	 * @param value the value to have, or {@code null} for what has none
	 * @return the query
	 * @throws IllegalArgumentException if the dimension is an hour or a day, or has a
	 * filter
	 */
	public CostQuery where(CostDimension dimension, @Nullable String value) {
		List<Filter> filters = new ArrayList<>(this.filters);
		filters.add(new Filter(dimension, value));
		return new CostQuery(this.from, this.to, this.by, filters, this.zone, this.limit);
	}

	/**
	 * Returns this query with another zone.
	 * @param zone where hours and days begin
	 * @return the query
	 */
	public CostQuery in(ZoneId zone) {
		return new CostQuery(this.from, this.to, this.by, this.filters, zone, this.limit);
	}

	/**
	 * Returns this query with another limit.
	 * @param limit how many rows at the most, from 1
	 * @return the query
	 */
	public CostQuery limit(int limit) {
		return new CostQuery(this.from, this.to, this.by, this.filters, this.zone, limit);
	}

	/**
	 * Returns whether turns can be counted, and with them what they saved: a turn may
	 * have calls of several providers, models and purposes.
	 * @return whether no dimension is of calls alone
	 */
	public boolean countsTurns() {
		return dimensions().noneMatch(CostDimension::isOfCalls);
	}

	/**
	 * Returns the hour or day of a moment, as the value of a dimension.
	 * @param time an hour or a day
	 * @param at the moment
	 * @return the value
	 */
	public String slice(CostDimension time, Instant at) {
		return TimeSlice.of(time, at, this.zone);
	}

	/**
	 * Returns all dimensions that are asked for or filtered by.
	 * @return the dimensions
	 */
	public Stream<CostDimension> dimensions() {
		return Stream.concat(this.by.stream(), this.filters.stream().map(Filter::dimension));
	}

	/**
	 * What a call or turn must be.
	 *
	 * @param dimension any dimension but an hour or a day
	 * @param value the value to have, or {@code null} for what has none
	 */
	public record Filter(CostDimension dimension, @Nullable String value) {

		/**
		 * Checks the values.
		 * @throws IllegalArgumentException if the dimension is an hour or a day
		 */
		public Filter {
			if (dimension.isTime()) {
				throw new IllegalArgumentException(
						"There is no filter by " + dimension + ": the period says from when to when");
			}
			value = ShortText.ofNullable(value);
		}

	}

}
