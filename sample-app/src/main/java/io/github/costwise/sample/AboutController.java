package io.github.costwise.sample;

import java.util.List;
import java.util.Objects;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the page what it is talking to. */
@RestController
class AboutController {

	private final About about;

	AboutController(Environment environment, List<ChatModel> models) {
		this.about = new About(environment.acceptsProfiles(Profiles.of("demo")),
				models.stream().map((model) -> model.getOptions().getModel()).filter(Objects::nonNull).toList());
	}

	@GetMapping("/api/about")
	About about() {
		return this.about;
	}

	/**
	 * What answers.
	 *
	 * @param simulated whether the answers are canned
	 * @param models names of the models
	 */
	record About(boolean simulated, List<String> models) {

	}

}
