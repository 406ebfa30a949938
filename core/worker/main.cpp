// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/worker.h"

#include <cstdio>

int main(int argc, char **argv)
{
    forkscope::ipc::runWorkerIfAsked(argc, argv);
    fputs("forkscope-worker runs functions in processes of their own, for Forkscope and for programs that use its library.\n"
          "They start it; by hand there is nothing to do with it.\n",
        stderr);
    return 2;
}
