/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pam_fail_delay(3), which only Linux-PAM has, and its item PAM_FAIL_DELAY.
 */
#include <config.h>

#include <errno.h>
#include <time.h>

#include "compat/compat.h"

void
pamport__sleep(unsigned int usec)
{
	struct timespec left;

	left.tv_sec = (time_t)(usec / 1000000);
	left.tv_nsec = (long)(usec % 1000000) * 1000;
	while (nanosleep(&left, &left) == -1 && errno == EINTR)
		continue;
}

#ifdef HAVE_PAM_FAIL_DELAY

int
pamport_fail_delay(pam_handle_t *pamh, unsigned int usec)
{
	return pamh == NULL ? PAM_SYSTEM_ERR : pam_fail_delay(pamh, usec);
}

void
pamport__after_authenticate(pam_handle_t *pamh, int result)
{
	(void)pamh;
	(void)result;
}

#else

/* The longest delay that was asked for is the one that is made. */
int
pamport_fail_delay(pam_handle_t *pamh, unsigned int usec)
{
	struct pamport__state *state;

	state = pamh == NULL ? NULL : pamport__state_of(pamh);
	if (state == NULL)
		return PAM_SYSTEM_ERR;
	if (usec > state->delay)
		state->delay = usec;
	return PAM_SUCCESS;
}

/* As on L: the application's function instead of the delay, if it set one. */
void
pamport__after_authenticate(pam_handle_t *pamh, int result)
{
	void (*function)(int, unsigned int, void *) = NULL;
	struct pamport__state *state;
	unsigned int delay;

	state = pamh == NULL ? NULL : pamport__state_of(pamh);
	if (state == NULL)
		return;
	delay = state->delay;
	state->delay = 0;
	(void)pamport_get_item(pamh, PAM_FAIL_DELAY, &function);
	if (function != NULL)
		function(result, delay, state->conv.appdata_ptr);
	else if (result != PAM_SUCCESS && delay > 0)
		pamport__sleep(delay);
}

#endif
