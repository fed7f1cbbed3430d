package io.github.costwise.benchmarks.eval.cache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws sub-streams of a stream, each as another application might see it: some of its
 * topics (a topic is all that shares an answer), some of them new in the course of it,
 * some requests in bursts, and a length that is log-uniform from {@value #SHORTEST} to
 * half of the stream.
 *
 * @since 0.1.0
 */
public final class SubStreams {

	/** The length of the shortest sub-stream. */
	public static final int SHORTEST = 500;

	/** A burst is spread over this share of the sub-stream. */
	private static final double BURST = .01;

	private final StreamData data;

	/**
	 * Draws from a stream.
	 * @param data the stream
	 * @throws IllegalArgumentException if it has fewer than twice {@value #SHORTEST}
	 * requests
	 */
	public SubStreams(StreamData data) {
		if (data.size() < 2 * SHORTEST) {
			throw new IllegalArgumentException(
					"Sub-streams need a stream of at least " + 2 * SHORTEST + " requests, not " + data.size());
		}
		this.data = data;
	}

	/**
	 * Draws a sub-stream.
	 * @param random what to draw with
	 * @return numbers of requests, in order
	 */
	public int[] draw(Random random) {
		double longest = Math.log(this.data.size() / 2 / (double) SHORTEST);
		int length = (int) (SHORTEST * Math.exp(random.nextDouble() * longest));
		List<Integer> requests = requests(length, random);
		double share = random.nextDouble() / 2;
		double bursts = random.nextDouble() / 2;
		Map<String, Double> arrival = new HashMap<>();
		Map<String, Double> latest = new HashMap<>();
		Map<Integer, Double> times = new HashMap<>();
		for (int request : requests) {
			String topic = topic(request);
			double start = arrival.computeIfAbsent(topic,
					(key) -> (random.nextDouble() < share) ? random.nextDouble() : 0);
			Double anchor = latest.get(topic);
			double time = (anchor != null && random.nextDouble() < bursts) ? anchor + BURST * random.nextDouble()
					: start + (1 - start) * random.nextDouble();
			latest.put(topic, time);
			times.put(request, time);
		}
		requests.sort(Comparator.comparingDouble(times::get));
		return requests.stream().mapToInt(Integer::intValue).toArray();
	}

	private List<Integer> requests(int length, Random random) {
		Map<String, List<Integer>> byTopic = IntStream.range(0, this.data.size())
			.boxed()
			.collect(Collectors.groupingBy(this::topic));
		List<String> topics = new ArrayList<>(byTopic.keySet());
		Collections.sort(topics);
		Collections.shuffle(topics, random);
		int wanted = 1 + random.nextInt(topics.size());
		List<Integer> pool = new ArrayList<>();
		for (int i = 0; i < topics.size() && (i < wanted || pool.size() < length); i++) {
			pool.addAll(byTopic.get(topics.get(i)));
		}
		Collections.shuffle(pool, random);
		return new ArrayList<>(pool.subList(0, length));
	}

	private String topic(int request) {
		return this.data.request(request).answer();
	}

}
