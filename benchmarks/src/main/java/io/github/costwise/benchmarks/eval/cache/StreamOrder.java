package io.github.costwise.benchmarks.eval.cache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.costwise.benchmarks.eval.cache.StreamSettings.ArrivalOrder;

/** Puts requests in order, and picks the answers that change. */
final class StreamOrder {

	private static final int PHASES = 4;

	private final StreamData data;

	private final Random random;

	StreamOrder(StreamData data, Random random) {
		this.data = data;
		this.random = random;
	}

	int[] order(ArrivalOrder order) {
		List<Integer> requests = IntStream.range(0, this.data.size()).boxed().collect(Collectors.toList());
		if (order != ArrivalOrder.FILE) {
			Collections.shuffle(requests, this.random);
		}
		if (order == ArrivalOrder.PHASES) {
			Map<String, Integer> phases = phases();
			requests.sort((one, other) -> Integer.compare(phases.getOrDefault(answer(one), 0),
					phases.getOrDefault(answer(other), 0)));
		}
		return requests.stream().mapToInt(Integer::intValue).toArray();
	}

	private Map<String, Integer> phases() {
		List<String> answers = shuffledAnswers();
		Map<String, Integer> phases = new HashMap<>();
		for (int i = 0; i < answers.size(); i++) {
			phases.put(answers.get(i), i * PHASES / answers.size());
		}
		return phases;
	}

	Set<String> changing(double share) {
		List<String> answers = shuffledAnswers();
		return Set.copyOf(answers.subList(0, (int) Math.round(share * answers.size())));
	}

	private List<String> shuffledAnswers() {
		List<String> answers = new ArrayList<>(
				new TreeSet<>(IntStream.range(0, this.data.size()).mapToObj(this::answer).toList()));
		Collections.shuffle(answers, this.random);
		return answers;
	}

	private String answer(int request) {
		return this.data.request(request).answer();
	}

}
