package io.github.costwise;

import java.util.List;
import java.util.stream.Collectors;

/**
 * No target is able to answer a request. Says what each of them lacks.
 *
 * @since 0.1.0
 */
public class NoRouteException extends CostwiseException implements CostStop {

	/** What spoke against each target. */
	private final List<Rejection> rejections;

	/**
	 * Creates an exception.
	 * @param rejections what spoke against each target
	 */
	public NoRouteException(List<Rejection> rejections) {
		super("No target can answer this request: " + rejections.stream()
			.map((rejection) -> rejection.target() + " " + rejection.detail())
			.collect(Collectors.joining("; ")));
		this.rejections = List.copyOf(rejections);
	}

	/**
	 * Returns what spoke against each target.
	 * @return one rejection a target
	 */
	public List<Rejection> rejections() {
		return this.rejections;
	}

}
