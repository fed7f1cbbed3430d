package io.github.costwise.cache.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.costwise.cache.verify.HitDecision.Accept;
import io.github.costwise.cache.verify.HitDecision.Decline;

/**
 * Made-up traffic: requests of some topics, each with an answer; requests of a topic are
 * mostly near to each other. Not thread-safe.
 */
final class Traffic {

	private static final String[] FILLERS = { "please", "now", "card", "account", "phone", "app", "bank", "money",
			"friend", "shop", "travel", "week" };

	private final Random random;

	private final LearningGroup group;

	private final int topics;

	private final List<Entry> entries = new ArrayList<>();

	private final Map<Integer, Integer> changes = new HashMap<>();

	private int requests;

	private int hits;

	private int wrong;

	Traffic(LearningGroup group, int topics, long seed) {
		this.group = group;
		this.topics = topics;
		this.random = new Random(seed);
	}

	Traffic run(int count) {
		for (int i = 0; i < count; i++) {
			request();
		}
		return this;
	}

	void change(int topic) {
		this.changes.merge(topic, 1, Integer::sum);
	}

	HitDecision request() {
		int topic = this.random.nextInt(this.topics);
		String answer = topic + "/" + this.changes.getOrDefault(topic, 0);
		TextFeatures text = TextFeatures.of("topic" + topic + " " + filler() + " " + filler());
		HitDecision decision = this.group.decide(new CacheQuestion(text, near(topic)));
		this.requests++;
		if (decision instanceof Accept hit) {
			this.hits++;
			this.wrong += answer.equals(entry(hit.candidate()).answer) ? 0 : 1;
		}
		else {
			learn((Decline) decision, text, topic, answer);
		}
		return decision;
	}

	private void learn(Decline ask, TextFeatures text, int topic, String answer) {
		Placement placement = this.group.learn(ask, this.requests, (rival) -> answer.equals(entry(rival).answer));
		this.entries.removeIf((entry) -> placement.outdated().contains(entry.group));
		this.entries.add(new Entry("entry" + this.requests, text, topic, answer, placement.group()));
	}

	private Entry entry(NearEntry candidate) {
		return this.entries.stream().filter((entry) -> entry.id.equals(candidate.id())).findFirst().orElseThrow();
	}

	private List<NearEntry> near(int topic) {
		return this.entries.stream()
			.map((entry) -> new NearEntry(entry.id, entry.group, cosine(topic == entry.topic), entry.text))
			.sorted(Comparator.comparingDouble((NearEntry candidate) -> -candidate.cosine()))
			.limit(CacheQuestion.NEIGHBOURS)
			.toList();
	}

	private double cosine(boolean sameTopic) {
		return sameTopic ? .6 + .39 * this.random.nextDouble() : .3 + .5 * this.random.nextDouble();
	}

	private String filler() {
		return FILLERS[this.random.nextInt(FILLERS.length)];
	}

	int hits() {
		return this.hits;
	}

	int wrong() {
		return this.wrong;
	}

	/** A stored answer. */
	private record Entry(String id, TextFeatures text, int topic, String answer, long group) {

	}

}
